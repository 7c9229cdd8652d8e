"""Signing in with an account of elsewhere, where the configuration names its servers."""

from typing import Any

from fastapi import Request, Response

from access.asker import Here
from access.identity import identified
from chat.signing_in import sign_in
from chat.vegvisr import VegvisrAccounts
from domain.accounts import proof_of, role_here
from edge.clock import new_id, now_ms
from edge.outbound import client
from edge.routing import routes
from schema.http import Me
from schema.identity import VegvisrProof
from schema.refusals import Refused

router = routes("/api/sign-in")


@router.post("/vegvisr")
async def with_vegvisr(body: VegvisrProof, request: Request, response: Response, here: Here) -> Me:
    """Refuses: link_not_valid; not_found where Vegvisr is not connected."""
    accounts = connected(here.env)
    if accounts is None:
        raise Refused("not_found")
    ask = accounts.by_magic if body.kind == "magic" else accounts.by_token
    account = await ask(body.secret)
    proof = proof_of(account, f"vegvisr_{body.kind}")
    where = (here.db, here.community.community_id)
    person = await identified(*where, proof, new_id(), now_ms())
    return await sign_in(here, person, request, response, role_here(account.role))


def connected(env: Any) -> VegvisrAccounts | None:
    """None unless both addresses of the existing system are named."""
    named = [getattr(env, name, None) for name in ("VEGVISR_SIGN_IN", "VEGVISR_ACCOUNTS")]
    origins = [origin for origin in named if isinstance(origin, str) and origin]
    return VegvisrAccounts(*map(client, origins)) if len(origins) == 2 else None
