"""Rooms: the side bar, making one, joining and leaving, who is in, what was said."""

import json
from typing import Annotated

from fastapi import Path, Query, Response

from access.asker import Asker, Someone
from chat import membership
from domain import naming
from domain.hiding import unread
from edge import rooms as room_objects
from edge.clock import new_id, now_ms
from edge.routing import routes
from records import rooms
from schema.http import LogPage, Member, MemberList, NewRoom, RoomEntry, RoomList
from schema.ids import ID_PATTERN, LARGEST_SEQ
from schema.refusals import Refused
from schema.rows import RoomRow
from schema.rpc import PageRequest
from schema.wire import PAGE, PAGE_MAX

router = routes("/api/rooms")
RoomId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.get("")
async def room_list(asker: Someone) -> RoomList:
    rows = await rooms.seen_by(asker.db, asker.community.community_id, asker.person["id"])
    return RoomList(rooms=[RoomEntry(**row) for row in rows])


@router.post("", status_code=201)
async def make_room(body: NewRoom, asker: Someone) -> RoomEntry:
    """Asks for `create_room`, and for `create_private_room` where it is private.

    Refuses: not_allowed, too_new, name_taken, bad_fields.
    """
    await asker.may("create_room")
    if body.visibility == "private":
        await asker.may("create_private_room")
    if not naming.key(body.name):
        raise Refused("bad_fields", "A name needs a letter, a digit or a sign.")
    room = RoomRow(
        id=new_id(),
        name=naming.shown(body.name),
        description=naming.shown(body.description),
        community_id=asker.community.community_id,
        created_at=now_ms(),
        settings=json.dumps({"visibility": body.visibility}),
    )
    if not await rooms.add(asker.db, room, asker.person["id"]):
        raise Refused("name_taken")
    await membership.announce_joined(asker, room["id"])
    return await entry(asker, room["id"])


@router.post("/{room_id}/join")
async def join(room_id: RoomId, asker: Someone) -> RoomEntry:
    """Asks for `join_room`. Joining twice is joining once."""
    await membership.join(asker, room_id)
    return await entry(asker, room_id)


@router.post("/{room_id}/leave", status_code=204)
async def leave(room_id: RoomId, asker: Someone) -> Response:
    """Asks for `leave_room`. The room's log says that somebody left."""
    await membership.leave(asker, room_id)
    return Response(status_code=204)


@router.get("/{room_id}/members")
async def member_list(room_id: RoomId, asker: Someone) -> MemberList:
    """Asks for `read_room`."""
    await asker.may("read_room", room_id)
    rows = await rooms.members(asker.db, asker.community.community_id, room_id)
    return MemberList(members=[Member(**row) for row in rows])


@router.get("/{room_id}/messages", response_model=LogPage)
async def messages(
    room_id: RoomId,
    asker: Someone,
    before: Annotated[int | None, Query(ge=1, le=LARGEST_SEQ)] = None,
    after: Annotated[int | None, Query(ge=0, le=LARGEST_SEQ)] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = PAGE,
) -> Response:
    """A page of the log: before a seq, after it, or the latest. Asks for `read_room`."""
    hidden = unread(await asker.may("read_room", room_id))
    here = asker.community.community_id
    wanted = PageRequest(community_id=here, before=before, after=after, limit=limit, hidden=hidden)
    page = await room_objects.text(asker.env, room_id, "log_page", wanted)
    return Response(page, media_type="application/json")


async def entry(asker: Asker, room_id: str) -> RoomEntry:
    rows = await rooms.seen_by(asker.db, asker.community.community_id, asker.person["id"])
    return next(RoomEntry(**row) for row in rows if row["id"] == room_id)
