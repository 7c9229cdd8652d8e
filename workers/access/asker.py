"""Who asks, and where: what every route wants to know first."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie

from access import permission
from access.ground import Ground, Traveller, ground_of, traveller_of
from domain.api_tokens import TOKEN_BEGINS, check, counts
from edge import limits
from edge.clock import now_ms
from edge.http import env_of
from edge.session import COOKIE, hashed, token_in
from records import api_tokens, socket_tickets
from schema.refusals import Refused
from schema.rpc import Admission, CommunityConfig, MayQuestion
from schema.verbs import Verb

SESSION = APIKeyCookie(name=COOKIE, scheme_name="session", auto_error=False)


@dataclass(frozen=True)
class Place(Ground):
    """The community of this host, and what a route needs to act there."""

    community: CommunityConfig


@dataclass(frozen=True)
class Asker(Traveller, Place):
    """Somebody signed in, at a place."""

    community: CommunityConfig

    async def may(self, verb: Verb, room_id: str | None = None) -> Admission:
        """Ask the permission question; the answer, or `Refused`."""
        return await _may(self, verb, room_id, person_id=self.person["id"])


async def place_of(env: Any, url: str, origin: str | None, writes: bool) -> Place:
    return settled(await ground_of(env, url, origin, writes))


async def asker_of(place: Place, cookies: str | None) -> Asker:
    return inside(await traveller_of(place, cookies))


def settled(ground: Ground) -> Place:
    """The place, where a community lives. Refuses: community_not_found."""
    if ground.community is None:
        raise Refused("community_not_found", "This is the platform's own host, of no community.")
    return Place(ground.env, ground.db, ground.community, ground.host)


def inside(who: Traveller) -> Asker:
    """Somebody as one who asks in the community of this host. Refuses: community_not_found."""
    at = settled(who)
    return Asker(at.env, at.db, at.community, at.host, who.person, who.session)


async def asker_by_token(place: Place, presented: str, method: str, path: str) -> Asker:
    """Who a program asks for, by `Bearer vgr_…`; a cookie beside it does not count.

    Refuses: not_signed_in, out_of_scope.
    """
    kind, _, token = presented.partition(" ")
    if kind.lower() != "bearer" or not token.startswith(TOKEN_BEGINS):
        raise Refused("not_signed_in")
    proof, now = hashed(token.strip()), now_ms()
    found = await api_tokens.person(place.db, proof, place.community.community_id, now)
    if found is None:
        raise Refused("not_signed_in", "This token has expired, was ended, or is of elsewhere.")
    check(json.loads(found["scopes"]), method, path)
    if counts(found["used_at"], now):
        await api_tokens.note_use(place.db, proof, now)
    return Asker(place.env, place.db, place.community, place.host, found, proof)


async def admitted(place: Place, cookies: str | None, verb: Verb, room_id: str) -> Admission:
    """Who asks and whether they may, as one question where speed matters: at a room's door."""
    token = token_in(cookies)
    if token is None:
        raise Refused("not_signed_in")
    return await _may(place, verb, room_id, session=hashed(token), host=place.host)


async def admitted_by_ticket(place: Place, secret: str, verb: Verb, room_id: str) -> Admission:
    """Who holds a ticket for this room. Refuses: ticket_not_valid, room_not_found."""
    torn = await socket_tickets.use(place.db, hashed(secret), place.host, room_id, now_ms())
    if torn is None:
        raise Refused("ticket_not_valid")
    admission = await _may(place, verb, room_id, person_id=torn["person_id"])
    proof = {"session": torn["proof"], "until": torn["until"]}
    return admission.model_copy(update=proof)


async def _may(place: Place, verb: Verb, room_id: str | None, **who: str) -> Admission:
    here = place.community.community_id
    question = MayQuestion(community_id=here, verb=verb, room_id=room_id, **who)
    return await permission.may(place.db, question, now_ms())


async def _ground(request: Request) -> Ground:
    writes = request.method not in ("GET", "HEAD")
    return await ground_of(env_of(request), str(request.url), request.headers.get("origin"), writes)


async def _place(ground: Annotated[Ground, Depends(_ground)]) -> Place:
    return settled(ground)


async def _traveller(
    request: Request,
    ground: Annotated[Ground, Depends(_ground)],
    _: Annotated[str | None, Security(SESSION)],  # so that the description says who must sign in
) -> Traveller:
    who = await _signed_in(request, ground)
    here = who.community.community_id if who.community else who.host
    await limits.check_person(who.env, request.method, here, who.person["id"])
    return who


async def _signed_in(request: Request, ground: Ground) -> Traveller:
    presented = request.headers.get("authorization")
    if presented is not None:
        place = settled(ground)
        return await asker_by_token(place, presented, request.method, request.url.path)
    return await traveller_of(ground, request.headers.get("cookie"))


async def _asker(
    _: Annotated[Place, Depends(_place)],  # where nobody lives there is nobody to sign in to
    who: Annotated[Traveller, Depends(_traveller)],
) -> Asker:
    return inside(who)


Here = Annotated[Place, Depends(_place)]
Someone = Annotated[Asker, Depends(_asker)]
Anywhere = Annotated[Ground, Depends(_ground)]
Anybody = Annotated[Traveller, Depends(_traveller)]
"""Somebody signed in at a host of ours, the platform's own too."""
