"""The permission question, asked of D1 in one query and decided in one place.

Every worker asks it by itself: another worker on the way costs more than the question.
"""

import json

from domain.permissions import Standing, allowed, refusal, visibility
from records import rooms
from records.db import Db
from schema.ids import Millis
from schema.refusals import Refused
from schema.rows import StandingRow
from schema.rpc import Admission, MayQuestion, RoomFacts
from schema.wire import Person


async def may(db: Db, asked: MayQuestion, now: Millis) -> Admission:
    """Yes with the roles and everything else that is allowed there, or the reason why not."""
    row = await standing_of(db, asked, now)
    if row is None:
        raise Refused("not_signed_in")
    if asked.room_id is not None and row["room_id"] is None:
        raise Refused("room_not_found")
    room = facts(row, asked.community_id)
    standing = Standing(
        row["community_role"], row["room_role"], visibility(room.settings) if room else None
    )
    no = refusal(standing, asked.verb)
    if no is not None:
        raise Refused(no)
    return Admission(
        person=Person(id=row["person_id"], name=row["name"]),
        community_role=row["community_role"] or "",
        room_role=row["room_role"],
        joined_at=row["joined_at"],
        may=allowed(standing),
        room=room,
    )


async def standing_of(db: Db, asked: MayQuestion, now: Millis) -> StandingRow | None:
    here, room = asked.community_id, asked.room_id
    if asked.session is not None:
        return await rooms.standing_of_session(db, here, asked.session, now, room)
    return await rooms.standing(db, here, asked.person_id, room) if asked.person_id else None


def facts(row: StandingRow, community_id: str) -> RoomFacts | None:
    if row["room_id"] is None:
        return None
    return RoomFacts(
        id=row["room_id"],
        name=row["room_name"] or "",
        description=row["description"] or "",
        community_id=community_id,
        settings=json.loads(row["settings"] or "{}"),
    )
