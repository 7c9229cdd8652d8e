"""A token instead of a cookie."""

from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

TOKENS = "/api/me/tokens"
PEOPLE: dict[str, str | None] = {"ada": "owner", "adm": "admin", "mod": "moderator"}
PEOPLE |= {"ben": "member", "gus": "guest", "bot": "bot"}
ROLES = {"owner": "ada", "admin": "adm", "moderator": "mod", "member": "ben"}
ROLES |= {"guest": "gus", "bot": "bot"}


async def makes(client: Client, *scopes: str, **how: Any) -> dict[str, Any]:
    body = {"name": "Log", "scopes": list(scopes)} | how
    return dict(await client.posts(TOKENS, body))


@covers("route GET /api/me/tokens", "route POST /api/me/tokens")
@covers("route DELETE /api/me/tokens/{token_id}", "number TOKEN_BEGINS", "refusal out_of_scope")
@covers("answer DELETE /api/me/tokens/{token_id} refuses not_found")
async def test_a_token_acts_for_its_person_until_it_ends(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    made = await makes(ada, "rooms:read")
    assert made["secret"].startswith(document.NUMBERS["TOKEN_BEGINS"])
    token = {"authorization": f"Bearer {made['secret']}"}
    program = town.front.stranger()
    assert (await program.asks("GET", "/api/rooms", headers=token)).status_code == 200
    refused(await program.asks("GET", "/api/graphs", headers=token), "out_of_scope")
    refused(await program.asks("GET", TOKENS, headers=token), "out_of_scope")
    path = f"{TOKENS}/{made['token']['id']}"
    refused(await ben.asks("DELETE", path), "not_found")
    await ada.asks("DELETE", path)
    refused(await program.asks("GET", "/api/rooms", headers=token), "not_signed_in")
    assert (await ada.gets(TOKENS)) == {"tokens": []}


@covers("limit NewToken.name 80", "limit NewToken.days 365", "number TOKENS_AT_ONCE")
@covers("answer POST /api/me/tokens refuses not_allowed")
async def test_a_token_has_its_limits(town: Community) -> None:
    ada = await town.client("ada")
    made = await makes(ada, "rooms:read", name="n" * 80, days=365)
    lasts = made["token"]["expires_at"] - made["token"]["created_at"]
    assert lasts == 365 * 24 * 3_600_000
    for wrong in ({"name": "n" * 81}, {"days": 366}, {"days": 0}, {"scopes": []}):
        body = {"name": "Log", "scopes": ["rooms:read"]} | wrong
        refused(await ada.asks("POST", TOKENS, body), "bad_fields")
    for _ in range(document.number("TOKENS_AT_ONCE") - 1):
        await makes(ada, "rooms:read")
    body = {"name": "Log", "scopes": ["rooms:read"]}
    refused(await ada.asks("POST", TOKENS, body), "not_allowed")


@pytest.mark.parametrize("role", ROLES)
@covers("verb create_token")
async def test_who_makes_tokens(square: Community, role: str) -> None:
    place = await found(square.front.http, PEOPLE, [])
    client = await place.client(ROLES[role])
    answer = await client.asks("POST", TOKENS, {"name": "Log", "scopes": ["rooms:read"]})
    heard = "yes" if answer.is_success else answer.json()["code"]
    assert heard == document.permissions()["create_token", role]
