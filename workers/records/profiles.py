"""D1 `profiles`: what somebody tells of themselves, wherever they are a member."""

import json
from collections.abc import Mapping
from typing import Any

from domain import naming
from records.db import Db, Value, first
from records.people import SHOWN_NAME
from schema.rows import ProfileRow

# `hidden`: a block, of either of them, stands between this person and who asks (?2).
WORDS = (
    " profiles.handle, profiles.bio, profiles.time_zone, profiles.languages,"
    " profiles.status_emoji, profiles.status_text, profiles.status_until, profiles.avatar,"
)
PROFILE = (
    f"SELECT people.id, people.name, {SHOWN_NAME} AS shown_name,{WORDS}"
    " EXISTS (SELECT 1 FROM blocks"
    "  WHERE (person_id = people.id AND blocked_id = ?2)"
    "  OR (person_id = ?2 AND blocked_id = people.id)) AS hidden"
    " FROM community_members JOIN people ON people.id = community_members.user_id"
    " LEFT JOIN profiles ON profiles.person_id = people.id"
    " WHERE community_members.community_id = ?1"
)


async def own(db: Db, person_id: str) -> ProfileRow | None:
    """Somebody's own, whatever community they are in."""
    sql = (
        f"SELECT people.id, people.name, people.name AS shown_name,{WORDS} 0 AS hidden FROM people"
        " LEFT JOIN profiles ON profiles.person_id = people.id WHERE people.id = ?"
    )
    return await first(db, sql, person_id)  # type: ignore[return-value]


async def of_member(db: Db, community_id: str, asker_id: str, person_id: str) -> ProfileRow | None:
    """Somebody of this community; whoever is not of it is not there."""
    sql = f"{PROFILE} AND people.id = ?3"
    return await first(db, sql, community_id, asker_id, person_id)  # type: ignore[return-value]


async def of_members(
    db: Db, community_id: str, asker_id: str, person_ids: list[str]
) -> list[ProfileRow]:
    sql = f"{PROFILE} AND people.id IN (SELECT value FROM json_each(?3)) ORDER BY people.id"
    rows: list[Any] = await db.rows(sql, community_id, asker_id, json.dumps(person_ids))
    return rows


async def change(db: Db, person_id: str, columns: Mapping[str, Value]) -> bool:
    """Set columns, named by the rule and never by somebody. False: the handle is another's."""
    named = ", ".join(f"{column} = ?" for column in columns)
    changed = await db.batch(
        ("INSERT INTO profiles (person_id) VALUES (?) ON CONFLICT DO NOTHING", person_id),
        (
            f"UPDATE OR IGNORE profiles SET {named} WHERE person_id = ?",
            *(*columns.values(), person_id),
        ),
    )
    return changed[1] > 0


async def rename(db: Db, community_id: str, person_id: str, name: str) -> bool:
    """Give somebody another name, which they have everywhere. False: somebody else has it, of this
    community or of another that they are in. A name of their own has no number anywhere."""
    changed = await db.batch(
        (
            "UPDATE people SET name = ?1, name_key = ?2 WHERE id = ?3 AND NOT EXISTS"
            " (SELECT 1 FROM people AS others JOIN community_members"
            "  ON community_members.user_id = others.id AND community_members.community_id IN"
            "   (SELECT ?4 UNION SELECT community_id FROM community_members WHERE user_id = ?3)"
            "  WHERE others.id <> ?3 AND (others.name_key = ?2 OR (name_number IS NOT NULL"
            "   AND others.name_key || ' ' || name_number = ?2)))",
            *(name, naming.key(name), person_id, community_id),
        ),
        (
            "UPDATE community_members SET name_number = NULL WHERE user_id = ?1"
            " AND name_number IS NOT NULL AND EXISTS"
            " (SELECT 1 FROM people WHERE id = ?1 AND name = ?2)",
            *(person_id, name),
        ),
    )
    return changed[0] > 0
