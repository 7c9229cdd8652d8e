"""Going on to another host of ours, signed in there as here."""

from fastapi import Request, Response

from access.asker import Anybody, Anywhere
from access.ground import Ground, lives_at
from chat.signing_in import sign_in
from domain.hand_overs import HAND_OVER_MS, page, proof_of
from domain.hand_overs import HandOver as Ticket
from edge.clock import new_token, now_ms
from edge.routing import SECRET, routes
from edge.session import hashed
from records import hand_overs, identities, people
from schema.hosts import AskForHandOver, HandedOver, HandOver, HandOverTicket, UseHandOver
from schema.http import Me
from schema.refusals import Refused
from schema.rows import PersonRow, TravelRow
from schema.wire import Person

router = routes("/api/hand-overs")


@router.post("", status_code=201, openapi_extra={SECRET: True})
async def go_on(body: AskForHandOver, request: Request, who: Anybody) -> HandOver:
    """Refuses: community_not_found where no host of ours has that name."""
    await lives_at(who.env, body.host)
    secret, now = new_token(), now_ms()
    person_id, until = who.person["id"], now + HAND_OVER_MS
    ticket = Ticket(hashed(secret), person_id, who.session, who.host, body.host, until)
    await hand_overs.add(who.db, ticket, now)
    address = page(str(request.url), body.host, who.env.STAGE, secret, body.next)
    return HandOver(address=address, expires_in_s=HAND_OVER_MS // 1000)


@router.post("/look")
async def look(body: HandOverTicket, here: Anywhere) -> HandedOver:
    """Whom a ticket signs in; it stays unused. Refuses: ticket_not_valid."""
    found = await hand_overs.look(here.db, hashed(body.ticket), here.host, now_ms())
    person, way = await whose(here, found)
    shown = Person(id=person["id"], name=person["name"])
    return HandedOver(person=shown, email=person["email"], origin=way["origin"])


@router.post("/use")
async def arrive(body: UseHandOver, request: Request, response: Response, here: Anywhere) -> Me:
    """Refuses: ticket_not_valid, banned."""
    now = now_ms()
    found = await hand_overs.use(here.db, hashed(body.ticket), here.host, now)
    person, way = await whose(here, found)
    await identities.prove(here.db, proof_of(person, way["origin"]), person["id"], now)
    return await sign_in(here, person, request, response, body.enter, first_ends=way["ends_at"])


async def whose(here: Ground, found: TravelRow | None) -> tuple[PersonRow, TravelRow]:
    """Who goes on, and how. Refuses: ticket_not_valid."""
    person = await people.by_id(here.db, found["person_id"]) if found else None
    if found is None or person is None:
        raise Refused("ticket_not_valid")
    return person, found
