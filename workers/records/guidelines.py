"""D1 `community_guidelines` and `guidelines_accepted`."""

from typing import Any

from records.db import Db, Statement, first
from schema.ids import Millis


async def newest(db: Db, community_id: str) -> dict[str, Any] | None:
    """version, text, written_at."""
    return await first(
        db,
        "SELECT version, text, written_at FROM community_guidelines WHERE community_id = ?"
        " ORDER BY version DESC LIMIT 1",
        community_id,
    )


async def required(db: Db, community_id: str) -> bool:
    """Whether the newest version is to be accepted before somebody writes."""
    sql = "SELECT config ->> 'guidelines_required' AS required FROM communities WHERE id = ?"
    row = await first(db, sql, community_id)
    return bool(row and row["required"])


async def accepted(db: Db, community_id: str, person_id: str) -> int | None:
    """The version that somebody accepted last."""
    row = await first(
        db,
        "SELECT version FROM guidelines_accepted WHERE community_id = ? AND person_id = ?",
        *(community_id, person_id),
    )
    return row["version"] if row else None


async def write(
    db: Db, community_id: str, seen: int, text: str, who: str, now: Millis, kept: Statement
) -> bool:
    """The version after `seen`, and `kept` with it: False, and nothing, if somebody was first."""
    if ((await newest(db, community_id)) or {"version": 0})["version"] != seen:
        return False
    changed = await db.batch(
        (
            "INSERT INTO community_guidelines (community_id, version, text, written_by, written_at)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            *(community_id, seen + 1, text, who, now),
        ),
        kept,
    )
    return changed[0] > 0


async def accept(db: Db, community_id: str, person_id: str, version: int, now: Millis) -> bool:
    """False when this is not the newest version."""
    return 0 < await db.run(
        "INSERT INTO guidelines_accepted (community_id, person_id, version, accepted_at)"
        " SELECT ?1, ?2, ?3, ?4 WHERE ?3 = (SELECT max(version) FROM community_guidelines"
        " WHERE community_id = ?1)"
        " ON CONFLICT (community_id, person_id) DO UPDATE SET version = excluded.version,"
        " accepted_at = excluded.accepted_at",
        *(community_id, person_id, version, now),
    )
