"""D1 `reviews`: what waits for a moderator. What is flagged comes by a trigger of its message."""

import json
from typing import Any

from records import audit_log
from records.audit_log import Act
from records.db import Db, first

COLUMNS = (
    "reviews.message_id, reviews.kind, reviews.room_id, reviews.author_id, reviews.reasons,"
    " reviews.at, coalesce(people.name, '') AS author_name, chat_rooms.name AS room_name,"
    " coalesce(reviews.content, chat_messages.content, '') AS content,"
    " chat_messages.metadata ->> 'seq' AS seq"
    " FROM reviews JOIN chat_rooms ON chat_rooms.id = reviews.room_id"
    "  AND chat_rooms.community_id = reviews.community_id"
    " LEFT JOIN people ON people.id = reviews.author_id"
    " LEFT JOIN chat_messages ON chat_messages.id = reviews.message_id"
)


BACK = "CASE WHEN value ->> 'state' = 'withdrawn' THEN"


async def copy(db: Db, community_id: str, rows: str) -> None:
    """What a room holds, the text of a JSON array, by message id. What is there stays as it is,
    until its author takes it back: then it waits no longer, and its text is forgotten."""
    await db.run(
        "INSERT INTO reviews (message_id, community_id, room_id, author_id, kind, content, reasons,"
        " at, decision, decided_by, decided_at)"
        " SELECT value ->> 'message_id', ?, value ->> 'room_id', value ->> 'author_id', 'held',"
        " value ->> 'content', value -> 'reasons', value ->> 'at',"
        f" {BACK} 'withdrawn' END, {BACK} value ->> 'author_id' END, {BACK} value ->> 'at' END"
        " FROM json_each(?) WHERE true ON CONFLICT (message_id) DO UPDATE SET content = '',"
        " decision = excluded.decision, decided_by = excluded.decided_by,"
        " decided_at = excluded.decided_at"
        " WHERE excluded.decision = 'withdrawn' AND reviews.decided_at IS NULL"
        "  AND reviews.community_id = excluded.community_id",
        *(community_id, rows),
    )


async def waiting(
    db: Db, community_id: str, room_ids: list[str], after: str | None, limit: int
) -> list[dict[str, Any]]:
    """What waits in these rooms, the longest first."""
    return await db.rows(
        f"SELECT {COLUMNS} WHERE reviews.community_id = ?1 AND reviews.decided_at IS NULL"
        " AND reviews.message_id > ?2 AND reviews.room_id IN (SELECT value FROM json_each(?3))"
        " ORDER BY reviews.message_id LIMIT ?4",
        *(community_id, after or "", json.dumps(room_ids), limit),
    )


async def counts(db: Db, community_id: str) -> dict[str, int]:
    """How much waits in each room of the community where something does."""
    rows = await db.rows(
        "SELECT room_id, count(*) AS waiting FROM reviews"
        " WHERE community_id = ? AND decided_at IS NULL GROUP BY room_id",
        community_id,
    )
    return {row["room_id"]: row["waiting"] for row in rows}


async def of_message(db: Db, community_id: str, message_id: str) -> dict[str, Any] | None:
    """One that waits; None when nothing does by this id."""
    return await first(
        db,
        f"SELECT {COLUMNS} WHERE reviews.community_id = ? AND reviews.message_id = ?"
        " AND reviews.decided_at IS NULL",
        *(community_id, message_id),
    )


async def decide(db: Db, community_id: str, message_id: str, decision: str, act: Act) -> bool:
    """Keep what was decided, and that it was; False when somebody was first."""
    changed = await db.batch(
        (
            "UPDATE reviews SET decision = ?, decided_by = ?, decided_at = ?"
            " WHERE community_id = ? AND message_id = ? AND decided_at IS NULL",
            *(decision, act.actor_id, act.at, community_id, message_id),
        ),
        audit_log.entry_of_change(act),
    )
    return changed[0] > 0
