"""D1 `blocks` and `safety_settings`: what a person keeps from others, in every community."""

import json
from typing import Any

from domain.safety import allows
from records.db import Db, first
from schema.ids import Millis
from schema.safety import ChangeSafety, Safety


async def of_person(db: Db, person_id: str) -> Safety:
    row = await first(
        db,
        "SELECT may_write, may_invite, muted_people, muted_rooms, invisible"
        " FROM safety_settings WHERE person_id = ?",
        person_id,
    )
    blocked = await db.rows(
        "SELECT people.id, people.name FROM blocks JOIN people ON people.id = blocks.blocked_id"
        " WHERE blocks.person_id = ? ORDER BY people.name COLLATE NOCASE",
        person_id,
    )
    return Safety.model_validate({**_settings(row), "blocked": blocked})


def _settings(row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {}
    lists = {name: json.loads(row[name]) for name in ("muted_people", "muted_rooms")}
    return {**row, **lists}


async def change(db: Db, person_id: str, change: ChangeSafety) -> None:
    """What is None stays, or is as it is for everybody in the beginning."""
    people, muted = change.muted_people, change.muted_rooms
    await db.run(
        "INSERT INTO safety_settings"
        " (person_id, may_write, may_invite, muted_people, muted_rooms, invisible)"
        " VALUES (?1, coalesce(?2, 'everybody'), coalesce(?3, 'everybody'), coalesce(?4, '[]'),"
        "  coalesce(?5, '[]'), coalesce(?6, 0)) ON CONFLICT (person_id) DO UPDATE SET"
        " may_write = coalesce(?2, may_write), may_invite = coalesce(?3, may_invite),"
        " muted_people = coalesce(?4, muted_people), muted_rooms = coalesce(?5, muted_rooms),"
        " invisible = coalesce(?6, invisible)",
        *(person_id, change.may_write, change.may_invite),
        None if people is None else json.dumps(people),
        None if muted is None else json.dumps(muted),
        None if change.invisible is None else int(change.invisible),
    )


async def block(db: Db, person_id: str, blocked_id: str, now: Millis) -> None:
    await db.run(
        "INSERT INTO blocks (person_id, blocked_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        *(person_id, blocked_id, now),
    )


async def unblock(db: Db, person_id: str, blocked_id: str) -> None:
    await db.run("DELETE FROM blocks WHERE person_id = ? AND blocked_id = ?", person_id, blocked_id)


async def rooms_of_all(db: Db, person_ids: list[str]) -> list[tuple[str, str]]:
    """Where these people may meet: (community, room) in every community that all of them are in."""
    rows = await db.rows(
        "SELECT chat_rooms.community_id, chat_rooms.id FROM community_members"
        " JOIN chat_rooms ON chat_rooms.community_id = community_members.community_id"
        " WHERE community_members.user_id IN (SELECT value FROM json_each(?1))"
        " GROUP BY chat_rooms.id HAVING count(*) = json_array_length(?1)",
        json.dumps(person_ids),
    )
    return [(row["community_id"], row["id"]) for row in rows]


async def may_invite(db: Db, community_id: str, inviter_id: str, email: str) -> bool:
    """Whether whoever has this address lets that person invite them; nobody has it: yes."""
    return await _lets_in(db, "people.email = ?3", community_id, inviter_id, email)


async def may_bring_in(db: Db, community_id: str, inviter_id: str, person_id: str) -> bool:
    """Whether somebody lets that person bring them into a room."""
    return await _lets_in(db, "people.id = ?3", community_id, inviter_id, person_id)


async def _lets_in(db: Db, who: str, community_id: str, inviter_id: str, value: str) -> bool:
    row = await first(
        db,
        "SELECT coalesce(safety_settings.may_invite, 'everybody') AS wish,"
        " EXISTS (SELECT 1 FROM blocks WHERE (person_id = people.id AND blocked_id = ?2)"
        "  OR (person_id = ?2 AND blocked_id = people.id)) AS blocked,"
        " EXISTS (SELECT 1 FROM chat_members AS mine"
        "  JOIN chat_members AS theirs ON theirs.room_id = mine.room_id"
        "  JOIN chat_rooms ON chat_rooms.id = mine.room_id AND chat_rooms.community_id = ?1"
        "  WHERE mine.user_id = people.id AND theirs.user_id = ?2) AS shares"
        " FROM people LEFT JOIN safety_settings ON safety_settings.person_id = people.id"
        f" WHERE {who}",
        *(community_id, inviter_id, value),
    )
    return row is None or allows(row["wish"], bool(row["shares"]), bool(row["blocked"]))
