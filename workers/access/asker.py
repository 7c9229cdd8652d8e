"""Who asks, and where: what every route wants to know first."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie

from access import permission
from access.whereabouts import community_at
from domain.api_tokens import TOKEN_BEGINS, check, counts
from domain.sessions import rolled
from edge import limits
from edge.clock import now_ms
from edge.d1 import D1
from edge.http import env_of
from edge.session import COOKIE, hashed, host_of, same_origin, token_in
from records import api_tokens, sessions, socket_tickets
from records.db import Db
from schema.refusals import Refused
from schema.rows import PersonRow
from schema.rpc import Admission, CommunityConfig, MayQuestion
from schema.verbs import Verb

SESSION = APIKeyCookie(name=COOKIE, scheme_name="session", auto_error=False)


@dataclass(frozen=True)
class Place:
    """The community of this host, and what a route needs to act there."""

    env: Any
    db: Db
    community: CommunityConfig
    host: str


@dataclass(frozen=True)
class Asker(Place):
    """Somebody signed in, at a place. `session`: the hash of what they proved it with."""

    person: PersonRow
    session: str

    async def may(self, verb: Verb, room_id: str | None = None) -> Admission:
        """Ask the permission question; the answer, or `Refused`."""
        return await _may(self, verb, room_id, person_id=self.person["id"])


def check_origin(origin: str | None, url: str) -> None:
    """Refuses: wrong_origin."""
    if not same_origin(origin, url):
        raise Refused("wrong_origin")


async def place_of(env: Any, url: str, origin: str | None, writes: bool) -> Place:
    if writes:
        check_origin(origin, url)
    host = host_of(url)
    return Place(env, D1(env.DB), await community_at(env, host), host)


async def asker_of(place: Place, cookies: str | None) -> Asker:
    token, now = token_in(cookies), now_ms()
    if token is None:
        raise Refused("not_signed_in")
    found = await sessions.person(place.db, hashed(token), place.host, now)
    if found is None:
        raise Refused("not_signed_in")
    expires_at = rolled(found["used_at"], found["ends_at"], now)
    if expires_at is not None:
        await sessions.roll(place.db, hashed(token), now, expires_at)
    return Asker(place.env, place.db, place.community, place.host, found, hashed(token))


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
    return admission.model_copy(update={"session": torn["proof"]})


async def _may(place: Place, verb: Verb, room_id: str | None, **who: str) -> Admission:
    here = place.community.community_id
    question = MayQuestion(community_id=here, verb=verb, room_id=room_id, **who)
    return await permission.may(place.db, question, now_ms())


async def _place(request: Request) -> Place:
    writes = request.method not in ("GET", "HEAD")
    return await place_of(env_of(request), str(request.url), request.headers.get("origin"), writes)


async def _asker(
    request: Request,
    place: Annotated[Place, Depends(_place)],
    _: Annotated[str | None, Security(SESSION)],  # so that the description says who must sign in
) -> Asker:
    presented = request.headers.get("authorization")
    if presented is not None:
        asker = await asker_by_token(place, presented, request.method, request.url.path)
    else:
        asker = await asker_of(place, request.headers.get("cookie"))
    here = place.community.community_id
    await limits.check_person(place.env, request.method, here, asker.person["id"])
    return asker


Here = Annotated[Place, Depends(_place)]
Someone = Annotated[Asker, Depends(_asker)]
