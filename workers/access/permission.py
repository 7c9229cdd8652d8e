"""The permission question, asked of D1 in one query and decided in one place.

Every worker asks it by itself: another worker on the way costs more than the question.
"""

import json

from domain import newcomers
from domain.explaining import check
from domain.hiding import hidden
from domain.permissions import (
    Override,
    Standing,
    allowed,
    decided,
    refusal,
    switched_off,
    unaccepted,
    visibility,
)
from records import standings
from records.db import Db
from schema.filters import Filters
from schema.ids import Millis
from schema.refusals import Refused
from schema.rows import StandingRow
from schema.rpc import Admission, MayQuestion, RoomFacts
from schema.verbs import Verb
from schema.wire import Person


async def may(db: Db, asked: MayQuestion, now: Millis) -> Admission:
    """Yes with the roles and everything else that is allowed there, or the reason why not."""
    row = await _row(db, asked, now)
    if row is None:
        raise Refused("not_signed_in")
    if asked.room_id is not None and row["room_id"] is None:
        raise Refused("room_not_found")
    standing = standing_in(row)
    check(standing, asked.verb)
    if asked.verb in newcomers.LATER and row["filters"]:
        rules = Filters.model_validate_json(row["filters"]).newcomers
        who = newcomers.Newcomer(row["community_role"], row["came_at"])
        newcomers.check_verb(rules, who, asked.verb, now)
    return _admission(row, standing, asked.community_id, asked.session)


async def of_person(
    db: Db, community_id: str, person_id: str, room_id: str | None
) -> Admission | None:
    """Where somebody stands, whatever they may. None: no such person, or no such room here."""
    row = await standings.of_person(db, community_id, person_id, room_id)
    if row is None or (room_id is not None and row["room_id"] is None):
        return None
    return admission_of(row, community_id, None)


async def rooms_where(db: Db, community_id: str, person_id: str, verb: Verb) -> list[StandingRow]:
    """The rooms of the community in front of which this person may do this, by name."""
    rows = await standings.in_rooms(db, community_id, person_id)
    return [row for row in rows if row["room_id"] and refusal(standing_in(row), verb) is None]


def standing_in(row: StandingRow) -> Standing:
    room = visibility(json.loads(row["settings"] or "{}")) if row["room_id"] else None
    overrides = decided(Override(*one) for one in json.loads(row["overrides"]))
    off = switched_off(json.loads(row["features"] or "{}"))
    unread = unaccepted() if row["unaccepted"] else {}
    return Standing(row["community_role"], row["room_role"], room, overrides | off | unread)


def admission_of(row: StandingRow, community_id: str, session: str | None) -> Admission:
    """Who stands there and what they may, whatever that is."""
    return _admission(row, standing_in(row), community_id, session)


def _admission(
    row: StandingRow, standing: Standing, community_id: str, session: str | None
) -> Admission:
    return Admission(
        person=Person(id=row["person_id"], name=row["name"]),
        community_role=row["community_role"] or "",
        room_role=row["room_role"],
        joined_at=row["joined_at"],
        came_at=row["came_at"],
        may=allowed(standing),
        decided=[(*key, yes) for key, yes in standing.overrides.items()],
        session=session,
        until=row.get("until"),
        hidden=hidden(json.loads(row["blocked"]), json.loads(row["blocked_by"])),
        invisible=bool(row["invisible"]),
        room=facts(row, community_id),
    )


async def _row(db: Db, asked: MayQuestion, now: Millis) -> StandingRow | None:
    here, room = asked.community_id, asked.room_id
    if asked.session is not None:
        return await standings.of_session(db, here, asked.session, asked.host, now, room)
    return await standings.of_person(db, here, asked.person_id, room) if asked.person_id else None


def facts(row: StandingRow, community_id: str) -> RoomFacts | None:
    if row["room_id"] is None:
        return None
    filters = {"filters": json.loads(row["filters"])} if row["filters"] else {}
    return RoomFacts(
        id=row["room_id"],
        name=row["room_name"] or "",
        description=row["description"] or "",
        community_id=community_id,
        settings=json.loads(row["settings"] or "{}") | filters,
    )
