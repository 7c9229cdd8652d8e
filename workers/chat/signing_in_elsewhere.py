"""Signing in with an account of elsewhere, where the configuration names its servers."""

from fastapi import Request, Response

from access.asker import Anywhere
from access.ground import Ground
from access.identity import identified
from chat.signing_in import sign_in
from chat.vegvisr import VegvisrAccounts, connected
from domain import signing_in
from domain.accounts import proof_of, role_here
from domain.magic_links import MAGIC_S, way_back
from domain.signing_in import LINK_MS, Link
from edge.clock import new_id, new_token, now_ms
from edge.routing import routes
from edge.session import hashed
from records import sign_in_links
from schema.http import AskForLink, LinkSent, Me
from schema.identity import VegvisrProof
from schema.refusals import Refused

router = routes("/api/sign-in/vegvisr")


@router.post("")
async def with_vegvisr(
    body: VegvisrProof, request: Request, response: Response, here: Anywhere
) -> Me:
    """Refuses: link_not_valid, banned; not_found where Vegvisr is not connected."""
    accounts = vegvisr(here)
    ask = accounts.by_magic if body.kind == "magic" else accounts.by_token
    account = await ask(body.secret)
    proof = proof_of(account, f"vegvisr_{body.kind}")
    person = await identified(here.db, here.community_id, proof, new_id(), now_ms())
    role = role_here(account.role)
    return await sign_in(here, person, request, response, body.enter, role)


@router.post("/link", status_code=202)
async def ask_vegvisr(body: AskForLink, request: Request, here: Anywhere) -> LinkSent:
    """A magic link by mail, from Vegvisr itself; counted as one of ours. Refuses: not_found."""
    accounts, url, now = vegvisr(here), str(request.url), now_ms()
    email, sender = body.email.lower(), signing_in.sender(request.headers)
    counted = Link(email, here.host, "", now + LINK_MS, None)
    mark = hashed(new_token())
    if await sign_in_links.add(here.db, mark, counted, here.community_id, sender, now):
        platform = here.env.PLATFORM_HOST
        back = way_back(url, here.host, here.env.STAGE, platform, body.next)
        await accounts.send_magic(email, back)
    return LinkSent(email=body.email, expires_in_s=MAGIC_S)


def vegvisr(here: Ground) -> VegvisrAccounts:
    """Refuses: not_found."""
    accounts = connected(here.env)
    if accounts is None:
        raise Refused("not_found", "This chat is not connected to Vegvisr. Sign in by e-mail.")
    return accounts
