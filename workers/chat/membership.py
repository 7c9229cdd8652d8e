"""Who joined a room and who left it, told to the room, which tells everyone in it.

D1 holds the truth. To tell a room twice is to tell it once, so whoever could not reach it asks
again: the moment of joining makes the reference.
"""

import asyncio
import json
import logging

from chat.asker import Asker
from edge import rooms as room_objects
from records import rooms
from schema.ids import Millis
from schema.refusals import Refused
from schema.rows import RoomRow
from schema.rpc import Admission, MembershipChange, RoomFacts, Vitals
from schema.wire import Person

log = logging.getLogger("membership")


async def announce_joined(asker: Asker, room_id: str) -> None:
    """For somebody who is a member."""
    admission = await asker.may("read_room", room_id)
    joined_at = await _joined_at(asker, room_id)
    if admission.room is None or joined_at is None:
        return
    change = MembershipChange(
        room=admission.room,
        person=admission.person,
        joined=True,
        ref=f"joined-{joined_at}",
        logged=True,
        room_role=admission.room_role,
        may=admission.may,
    )
    await _tell(asker, change)


async def announce_default_rooms(asker: Asker, moment: Millis) -> None:
    """For somebody new. They are in, whether or not each room could be reached."""
    community_id = asker.community.community_id
    ids = await rooms.joined_with(asker.db, community_id, asker.person["id"], moment)
    told = await asyncio.gather(
        *[announce_joined(asker, room_id) for room_id in ids], return_exceptions=True
    )
    for room_id, problem in zip(ids, told, strict=True):
        if problem is not None:
            log.error("room %s was not told of somebody new", room_id, exc_info=problem)


async def leave(asker: Asker, room_id: str) -> None:
    """End a membership, if there is one, and tell the room what its person may still do."""
    community_id, person_id = asker.community.community_id, asker.person["id"]
    joined_at = await _joined_at(asker, room_id)
    await rooms.leave(asker.db, community_id, room_id, person_id)
    await announce_left(asker, room_id, joined_at)


async def announce_left(asker: Asker, room_id: str, joined_at: Millis | None) -> None:
    """Open sockets lose what their person lost; the log tells of it if they were a member."""
    room = await rooms.by_id(asker.db, asker.community.community_id, room_id)
    if room is None:
        return
    still = await _still(asker, room_id)
    change = MembershipChange(
        room=_facts(room),
        person=Person(id=asker.person["id"], name=asker.person["name"]),
        joined=False,
        ref=f"left-{joined_at or 0}",
        logged=joined_at is not None,
        room_role=still.room_role if still else None,
        may=still.may if still else [],
    )
    await _tell(asker, change)


async def _still(asker: Asker, room_id: str) -> Admission | None:
    """What somebody may do in a room that they left: read it if it is public."""
    try:
        return await asker.may("read_room", room_id)
    except Refused:
        return None


async def _joined_at(asker: Asker, room_id: str) -> Millis | None:
    community_id = asker.community.community_id
    return await rooms.joined_at(asker.db, community_id, room_id, asker.person["id"])


async def _tell(asker: Asker, change: MembershipChange) -> None:
    await room_objects.ask(asker.env, change.room.id, "change_membership", change, Vitals)


def _facts(room: RoomRow) -> RoomFacts:
    return RoomFacts(
        id=room["id"],
        name=room["name"],
        description=room["description"],
        community_id=room["community_id"],
        settings=json.loads(room["settings"]),
    )
