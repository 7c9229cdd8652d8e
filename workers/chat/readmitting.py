"""Rights changed: the rooms of the community admit anew whoever sits in them.

Every room of the community is told, as anybody may read a public one; a room where nobody of those
sits answers at once.
"""

import asyncio
import logging

from access.asker import Place
from access.ground import Ground
from edge import rooms as room_objects
from records import rooms, safety
from schema.rpc import Readmission, Vitals

log = logging.getLogger("readmitting")
AT_ONCE = 32


async def person(place: Place, person_id: str) -> None:
    """What somebody may do changed."""
    await _tell_all(place, place.community.community_id, person_id=person_id)


async def everybody(place: Place) -> None:
    """What a role may do changed."""
    await _tell_all(place, place.community.community_id)


async def sign_out(place: Place, token_hash: str) -> None:
    """A session ended: its sockets close."""
    await sign_out_of(place, place.community.community_id, token_hash)


async def sign_out_of(where: Ground, community_id: str, token_hash: str) -> None:
    """The same in a community that may be another than that of this host."""
    await _tell_all(where, community_id, session=token_hash)


async def everywhere(place: Ground, person_id: str, other_id: str | None = None) -> None:
    """Who sees whom changed, for one or for two: in each community that they are in."""
    people = [person_id] if other_id is None else [person_id, other_id]
    await _tell_each(
        place,
        [
            Readmission(community_id=here, room_id=room_id, person_id=person_id, other_id=other_id)
            for here, room_id in await safety.rooms_of_all(place.db, people)
        ],
    )


async def in_room(place: Place, room_id: str, person_id: str | None = None) -> None:
    """What somebody may do in one room changed, or what everybody may."""
    here = place.community.community_id
    await _tell(place, Readmission(community_id=here, room_id=room_id, person_id=person_id))


async def _tell_all(
    place: Ground, here: str, person_id: str | None = None, session: str | None = None
) -> None:
    who = {"person_id": person_id, "session": session}
    ids = await rooms.ids(place.db, here)
    await _tell_each(place, [Readmission(community_id=here, room_id=one, **who) for one in ids])


async def _tell_each(place: Ground, all_asked: list[Readmission]) -> None:
    turns = asyncio.Semaphore(AT_ONCE)

    async def tell(asked: Readmission) -> None:
        async with turns:
            await _tell(place, asked)

    for problem in await asyncio.gather(*map(tell, all_asked), return_exceptions=True):
        if problem is not None:
            log.error("a room was not told of changed rights", exc_info=problem)


async def _tell(place: Ground, asked: Readmission) -> None:
    await room_objects.ask(place.env, asked.room_id, "readmit", asked, Vitals)
