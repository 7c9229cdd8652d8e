"""Signing in with a Vegvisr account: its own servers say who it is, never the browser.

What was presented is asked about once and forgotten: it is neither kept nor told to anybody else.
"""

import logging
import re
from typing import Any

import httpx
from pydantic_core import from_json

from domain.accounts import Account
from edge.outbound import client
from schema.refusals import Refused

log = logging.getLogger("vegvisr")
SECONDS = 6.0
SECRET = re.compile(r"[A-Za-z0-9._~+/=-]{8,2048}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
NOT_VALID = frozenset({400, 401, 403, 404, 410})


class VegvisrAccounts:
    """`sign_in` is the server of magic links, `accounts` the one that knows tokens."""

    def __init__(self, sign_in: httpx.AsyncClient, accounts: httpx.AsyncClient):
        self._sign_in = sign_in
        self._accounts = accounts

    async def send_magic(self, email: str, way_back: str) -> None:
        """Have Vegvisr mail a magic link. Whether it did is nobody's to know. Refuses: broken."""
        asked = {"email": email, "redirectUrl": way_back}
        try:
            answer = await self._sign_in.post("/login/magic/send", json=asked, timeout=SECONDS)
        except httpx.RequestError as problem:
            raise _silent() from problem
        if answer.status_code >= 500:
            raise _silent()
        if answer.status_code != 200:
            log.warning("Vegvisr sent no link, with %s", answer.status_code)

    async def by_magic(self, token: str) -> Account:
        """Use up a magic link. Refuses: link_not_valid, broken."""
        _check(token)
        found = await _ask(self._sign_in, "/login/magic/verify", params={"token": token})
        email, key = _email(found), found.get("apiToken")
        if found.get("success") is not True:
            raise Refused("link_not_valid")
        if isinstance(key, str) and SECRET.fullmatch(key):
            whole = await self._profile(key)
            if whole.email == email:
                return whole
        return Account(email, "", "User")

    async def by_token(self, token: str) -> Account:
        """Who holds a token. Refuses: link_not_valid, broken."""
        _check(token)
        found = await _ask(self._accounts, "/auth/validate-token", token)
        if found.get("valid") is not True:
            raise Refused("link_not_valid")
        return _account(found)

    async def _profile(self, token: str) -> Account:
        return _account(await _ask(self._accounts, "/userdata-from-token", token))


def origins(env: Any) -> list[str]:
    """The addresses of the existing system, if the configuration names both: of the server of magic
    links, and of the one that knows accounts."""
    named = [getattr(env, name, None) for name in ("VEGVISR_SIGN_IN", "VEGVISR_ACCOUNTS")]
    found = [origin for origin in named if isinstance(origin, str) and origin]
    return found if len(found) == 2 else []


def connected(env: Any) -> VegvisrAccounts | None:
    """None unless both addresses are named."""
    found = origins(env)
    return VegvisrAccounts(*map(client, found)) if found else None


def _check(secret: str) -> None:
    if not SECRET.fullmatch(secret):
        raise Refused("link_not_valid")


def _account(found: dict[str, Any]) -> Account:
    user_id, role = found.get("user_id"), found.get("role")
    if not isinstance(user_id, str) or not 0 < len(user_id) <= 200:
        raise Refused("link_not_valid")
    return Account(_email(found), user_id, role if isinstance(role, str) and role else "User")


def _email(found: dict[str, Any]) -> str:
    email = found.get("email")
    if not isinstance(email, str) or len(email) > 254 or not EMAIL.fullmatch(email.strip()):
        raise Refused("link_not_valid")
    return email.strip().lower()


async def _ask(http: httpx.AsyncClient, path: str, token: str = "", **how: Any) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    try:
        answer = await http.get(path, headers=headers, timeout=SECONDS, **how)
    except httpx.RequestError as problem:
        raise _silent() from problem
    if answer.status_code in NOT_VALID:
        raise Refused("link_not_valid")
    try:
        found = from_json(answer.content) if answer.status_code == 200 else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _silent()
    return found


def _silent() -> Refused:
    return Refused("broken", "Vegvisr does not answer right now. Try again later.")
