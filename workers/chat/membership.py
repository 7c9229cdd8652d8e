"""Who joined a room and who left it, told to the room, which tells everyone in it.

Who joins is written to D1 first, who leaves is told to the room first: what fails half-way can be
asked again, and the room's outbox makes a leaving good by itself. To tell a room twice is to tell
it once: the moment of joining makes the reference.
"""

import asyncio
import logging

from access import permission
from access.asker import Asker, Place
from chat import readmitting
from domain.permissions import without_membership
from edge import rooms as room_objects
from edge.clock import now_ms
from records import rooms
from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import Admission, MembershipChange, RoomFacts, Vitals
from schema.verbs import Verb
from schema.wire import Person

log = logging.getLogger("membership")


async def join(asker: Asker, room_id: str) -> None:
    """Become a member, and have the room told. Asks for `join_room`.

    Where the room has logged the end of a membership that D1 still has, that one ends there too,
    and a new one begins.
    """
    await asker.may("join_room", room_id)
    await put_in(asker, room_id, asker.person["id"])


async def put_in(place: Place, room_id: str, person_id: str) -> None:
    """Make somebody a member whom nothing hinders, and have the room told."""
    where = (place.db, place.community.community_id, room_id, person_id)
    await rooms.join(*where, "member", now_ms())
    try:
        await announce(place, room_id, person_id)
    except Refused as no:
        joined_at = await rooms.joined_at(*where)
        if no.code != "join_first" or joined_at is None:
            raise
        await rooms.end_membership(*where, joined_at)
        await rooms.join(*where, "member", now_ms())
        await announce(place, room_id, person_id)


async def announce_joined(asker: Asker, room_id: str) -> None:
    """For somebody who is a member. Refuses: join_first, if the room knows that it is over."""
    await announce(asker, room_id, asker.person["id"])


async def announce(place: Place, room_id: str, person_id: str) -> None:
    """Tell the room of a member. Refuses: room_not_found, join_first."""
    here = place.community.community_id
    admission = await permission.of_person(place.db, here, person_id, room_id)
    if admission is None or "read_room" not in admission.may:
        raise Refused("room_not_found")
    joined_at = admission.joined_at
    if admission.room is None or joined_at is None:
        return
    change = MembershipChange(
        room=admission.room,
        person=admission.person,
        joined=True,
        ref=f"joined-{joined_at}",
        room_role=admission.room_role,
        may=admission.may,
    )
    await _tell(place, change)


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
    """End a membership. Asks for `leave_room`.

    The room hears first: its log says so, and its outbox ends the row in D1 should we fail to.
    Who is no member any more is refused, and the room asks anew what their open sockets may.
    """
    try:
        admission = await asker.may("leave_room", room_id)
    except Refused:
        if await rooms.by_id(asker.db, asker.community.community_id, room_id):
            await readmitting.in_room(asker, room_id, asker.person["id"])
        raise
    await take_out(asker, admission)


async def take_out(place: Place, admission: Admission) -> None:
    """End somebody's membership of the room that they were admitted to. Refuses: join_first."""
    room, joined_at = admission.room, admission.joined_at
    if room is None or joined_at is None:
        raise Refused("join_first")
    may = without_membership(admission).may
    await _tell(place, _left(room, admission.person, may, joined_at))
    here = place.community.community_id
    await rooms.end_membership(place.db, here, room.id, admission.person.id, joined_at)
    if admission.room_role == "admin":
        await readmitting.in_room(place, room.id)  # somebody else may be its admin now


def _left(room: RoomFacts, person: Person, may: list[Verb], joined_at: Millis) -> MembershipChange:
    return MembershipChange(
        room=room,
        person=person,
        joined=False,
        ref=f"left-{joined_at}",
        room_role=None,
        may=may,
    )


async def _tell(place: Place, change: MembershipChange) -> None:
    await room_objects.ask(place.env, change.room.id, "change_membership", change, Vitals)
