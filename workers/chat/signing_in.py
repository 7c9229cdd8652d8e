"""Signing in by an e-mail link, and out."""

from contextlib import suppress

from fastapi import Request, Response

from access.asker import Anybody, Anywhere, inside, settled
from access.community_card import community
from access.ground import Ground, Traveller, traveller_of
from access.identity import identified
from chat import membership, readmitting
from chat.vegvisr import origins
from domain import addresses, signing_in
from domain.accounts import Proof
from domain.bans import refuse_entry
from domain.sessions import begin
from domain.signing_in import LINK_MS, Link
from edge import mail
from edge.clock import new_id, new_token, now_ms
from edge.routing import routes
from edge.session import browser_cookie, browser_in, cookie, hashed, token_in
from records import communities, sessions, sign_in_links
from records.bans import kept_out
from schema.hosts import Platform, Session
from schema.http import AskForLink, LinkSent, Me, UseLink
from schema.ids import Millis
from schema.refusals import Refused
from schema.rows import PersonRow
from schema.verbs import Verb
from schema.wire import Person

router = routes("/api")


@router.get("/me")
async def me(who: Anybody) -> Me:
    return await card(who)


@router.get("/session")
async def session(request: Request, here: Anywhere) -> Session:
    """The host and, after sign-in, who you are: one question, never refused for being new."""
    try:
        found = await card(await traveller_of(here, request.headers.get("cookie")))
    except Refused as no:
        if no.code != "not_signed_in":
            raise
        found = None
    place = community(settled(here)) if here.community else None
    return Session(community=place, me=found, platform=platform(here, str(request.url)))


def platform(here: Ground, url: str) -> Platform:
    return Platform(
        address=addresses.address(url, here.env.PLATFORM_HOST),
        vegvisr=bool(origins(here.env)),
        local=here.env.STAGE == "local",
    )


@router.post("/sign-in", status_code=202)
async def ask_for_link(
    body: AskForLink, request: Request, response: Response, here: Anywhere
) -> LinkSent:
    """Send a link, unless too many were asked for. The answer is always the same."""
    now = now_ms()
    email, token = body.email.lower(), new_token()
    # One secret for all links of a browser, so that a second one does not spoil the first.
    browser = browser_in(request.headers.get("cookie")) or new_token()
    response.headers["set-cookie"] = browser_cookie(browser)
    link = Link(email, here.host, hashed(browser), now + LINK_MS, None)
    sender = signing_in.sender(request.headers)
    if await sign_in_links.add(here.db, hashed(token), link, here.community_id, sender, now):
        page = signing_in.page(str(request.url), here.host, here.env.STAGE)
        url = signing_in.address(page, token, body.next)
        subject, text = signing_in.letter(here.name, url)
        await mail.send(here.env, email, subject, text, url)
    return LinkSent(email=body.email, expires_in_s=LINK_MS // 1000)


@router.post("/sign-in/complete")
async def use_link(body: UseLink, request: Request, response: Response, here: Anywhere) -> Me:
    """Use a link: known people sign in, new ones become members of the community here."""
    now = now_ms()
    token_hash, browser = hashed(body.token), browser_in(request.headers.get("cookie"))
    link = await sign_in_links.by_hash(here.db, token_hash)
    email = signing_in.use(link, here.host, hashed(browser) if browser else None, now)
    if not await sign_in_links.use(here.db, token_hash, now):
        raise Refused("link_not_valid")
    proof = Proof("email", email, email, "link")
    person = await identified(here.db, here.community_id, proof, new_id(), now)
    return await sign_in(here, person, request, response, body.enter)


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, here: Anywhere) -> Response:
    token = token_in(request.headers.get("cookie"))
    if token and await sessions.end(here.db, hashed(token)) and here.community:
        await readmitting.sign_out(settled(here), hashed(token))
    return Response(status_code=204, headers={"set-cookie": cookie("")})


async def sign_in(
    here: Ground,
    person: PersonRow,
    request: Request,
    response: Response,
    enter: bool = True,
    role: str = "member",
    first_ends: Millis | None = None,
) -> Me:
    """Start a session for somebody who has proven who they are. With `enter` somebody new comes in
    where the door is open, as `role`. `first_ends`: when the session that vouches for them ends.
    Refuses: banned."""
    now, token = now_ms(), new_token()
    who = Traveller(here.env, here.db, here.community, here.host, person, hashed(token))
    is_new = await came_in(who, enter, role, now) if here.community else False
    browser = request.headers.get("user-agent") or ""
    address = signing_in.sender(request.headers)
    whose = (new_id(), hashed(token), person["id"], here.host)
    session = begin(*whose, browser, address, now, first_ends)
    await sessions.add(here.db, session)
    response.headers["set-cookie"] = cookie(token)
    if is_new:
        await membership.announce_default_rooms(inside(who), now)
    return await card(who)


async def came_in(who: Traveller, enter: bool, role: str, now: Millis) -> bool:
    """Whether somebody became a member just now. Refuses: banned."""
    asker = inside(who)
    where = (asker.db, asker.community.community_id, asker.person["id"])
    refuse_entry(await kept_out(*where), asker.community.name, now)
    return enter and await communities.welcome(*where, now, role)


async def card(who: Traveller) -> Me:
    """Who asks, as what. Who is no member has an empty role and may nothing."""
    person = Person(id=who.person["id"], name=who.person["name"])
    email, role, may = who.person["email"], "", list[Verb]()
    if who.community is None:
        return Me(person=person, email=email, role=role, may=may, community=None)
    asker = inside(who)
    with suppress(Refused):
        admission = await asker.may("see_community")
        person, role, may = admission.person, admission.community_role, admission.may
    return Me(person=person, email=email, role=role, may=may, community=community(asker))
