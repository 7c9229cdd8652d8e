"""Signing in with an account of elsewhere, where the configuration names its servers."""

from fastapi import Request, Response

from access.asker import Anywhere
from access.identity import identified
from chat.signing_in import sign_in
from chat.vegvisr import connected
from domain.accounts import proof_of, role_here
from edge.clock import new_id, now_ms
from edge.routing import routes
from schema.http import Me
from schema.identity import VegvisrProof
from schema.refusals import Refused

router = routes("/api/sign-in")


@router.post("/vegvisr")
async def with_vegvisr(
    body: VegvisrProof, request: Request, response: Response, here: Anywhere
) -> Me:
    """Refuses: link_not_valid; not_found where Vegvisr is not connected."""
    accounts = connected(here.env)
    if accounts is None:
        raise Refused("not_found")
    ask = accounts.by_magic if body.kind == "magic" else accounts.by_token
    account = await ask(body.secret)
    proof = proof_of(account, f"vegvisr_{body.kind}")
    person = await identified(here.db, here.community_id, proof, new_id(), now_ms())
    role = role_here(account.role)
    return await sign_in(here, person, request, response, body.enter, role)
