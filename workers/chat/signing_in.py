"""Signing in by an e-mail link, and out."""

from fastapi import Request, Response

from access.asker import Asker, Here, Place, Someone, asker_of
from chat import membership, readmitting
from domain import naming, signing_in
from domain.bans import refuse_entry
from domain.sessions import begin
from domain.signing_in import LINK_MS, Link
from edge import mail
from edge.clock import new_id, new_token, now_ms
from edge.routing import routes
from edge.session import cookie, hashed, token_in
from records import communities, people, sessions, sign_in_links
from records.bans import kept_out
from schema.http import AskForLink, LinkSent, Me, Session, UseLink
from schema.http import Community as CommunityBody
from schema.refusals import Refused
from schema.rows import PersonRow

router = routes("/api")


@router.get("/me")
async def me(asker: Someone) -> Me:
    return await card(asker)


@router.get("/session")
async def session(request: Request, here: Here) -> Session:
    """The community and, after sign-in, who you are: one question, never refused for being new."""
    try:
        found = await card(await asker_of(here, request.headers.get("cookie")))
    except Refused as no:
        if no.code != "not_signed_in":
            raise
        found = None
    return Session(community=community(here), me=found)


@router.post("/sign-in", status_code=202)
async def ask_for_link(body: AskForLink, request: Request, here: Here) -> LinkSent:
    """Send a link, unless too many were asked for. The answer is always the same."""
    now = now_ms()
    email, token = body.email.lower(), new_token()
    link = Link(email, here.host, now + LINK_MS, None)
    sender = signing_in.sender(request.headers.get("cf-connecting-ip"))
    community_id = here.community.community_id
    if await sign_in_links.add(here.db, hashed(token), link, community_id, sender, now):
        page = signing_in.page(str(request.url), here.host, here.env.STAGE)
        url = signing_in.address(page, token, body.next)
        subject, text = signing_in.letter(here.community.name, url)
        await mail.send(here.env, email, subject, text, url)
    return LinkSent(email=body.email, expires_in_s=LINK_MS // 1000)


@router.post("/sign-in/complete")
async def use_link(body: UseLink, request: Request, response: Response, here: Here) -> Me:
    """Use a link: known people sign in, new ones become members of this community."""
    now = now_ms()
    token_hash = hashed(body.token)
    email = signing_in.use(await sign_in_links.by_hash(here.db, token_hash), here.host, now)
    if not await sign_in_links.use(here.db, token_hash, now):
        raise Refused("link_not_valid")
    return await sign_in(here, await known(here, email), request, response)


async def known(here: Place, email: str) -> PersonRow:
    """The person with this address. Somebody new gets a name that nobody has here."""
    person = await people.by_email(here.db, email)
    if person is None:
        begun = signing_in.name_from(email)
        taken = await people.names_like(here.db, here.community.community_id, begun)
        await people.add(here.db, new_id(), email, naming.free(begun, taken), now_ms())
        person = await people.by_email(here.db, email)
        assert person is not None, "they were just added"
    return person


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, here: Here) -> Response:
    token = token_in(request.headers.get("cookie"))
    if token:
        await sessions.end(here.db, hashed(token))
        await readmitting.sign_out(here, hashed(token))
    return Response(status_code=204, headers={"set-cookie": cookie("")})


async def sign_in(here: Place, person: PersonRow, request: Request, response: Response) -> Me:
    """Start a session for somebody who has proven who they are. Refuses: banned."""
    now = now_ms()
    kept = await kept_out(here.db, here.community.community_id, person["id"])
    refuse_entry(kept, here.community.name, now)
    asker = Asker(here.env, here.db, here.community, here.host, person)
    is_new = await communities.welcome(here.db, here.community.community_id, person["id"], now)
    token = new_token()
    browser = request.headers.get("user-agent") or ""
    address = signing_in.sender(request.headers.get("cf-connecting-ip"))
    session = begin(hashed(token), person["id"], here.host, browser, address, now)
    await sessions.add(here.db, session)
    response.headers["set-cookie"] = cookie(token)
    if is_new:
        await membership.announce_default_rooms(asker, now)
    return await card(asker)


async def card(asker: Asker) -> Me:
    try:
        admission = await asker.may("see_community")
    except Refused:
        raise Refused("not_signed_in") from None
    return Me(
        person=admission.person,
        email=asker.person["email"],
        role=admission.community_role,
        may=admission.may,
        community=community(asker),
    )


def community(place: Place) -> CommunityBody:
    return CommunityBody(
        id=place.community.community_id,
        slug=place.community.slug,
        name=place.community.name,
        description=place.community.description,
        local=place.env.STAGE == "local",
    )
