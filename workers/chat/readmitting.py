"""Rights changed: the rooms of the community admit anew whoever sits in them.

Every room of the community is told, as anybody may read a public one; a room where nobody of those
sits answers at once.
"""

import asyncio
import logging

from access.asker import Place
from edge import rooms as room_objects
from records import rooms
from schema.rpc import Readmission, Vitals

log = logging.getLogger("readmitting")
AT_ONCE = 32


async def person(place: Place, person_id: str) -> None:
    """What somebody may do changed."""
    await _tell_all(place, person_id=person_id)


async def everybody(place: Place) -> None:
    """What a role may do changed."""
    await _tell_all(place)


async def sign_out(place: Place, token_hash: str) -> None:
    """A session ended: its sockets close."""
    await _tell_all(place, session=token_hash)


async def in_room(place: Place, room_id: str, person_id: str | None = None) -> None:
    """What somebody may do in one room changed, or what everybody may."""
    here = place.community.community_id
    await _tell(place, Readmission(community_id=here, room_id=room_id, person_id=person_id))


async def _tell_all(place: Place, person_id: str | None = None, session: str | None = None) -> None:
    community_id = place.community.community_id
    turns = asyncio.Semaphore(AT_ONCE)

    async def tell(room_id: str) -> None:
        asked = Readmission(
            community_id=community_id, room_id=room_id, person_id=person_id, session=session
        )
        async with turns:
            await _tell(place, asked)

    ids = await rooms.ids(place.db, community_id)
    for problem in await asyncio.gather(*map(tell, ids), return_exceptions=True):
        if problem is not None:
            log.error("a room was not told of changed rights", exc_info=problem)


async def _tell(place: Place, asked: Readmission) -> None:
    await room_objects.ask(place.env, asked.room_id, "readmit", asked, Vitals)
