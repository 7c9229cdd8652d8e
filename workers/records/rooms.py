"""D1 `chat_rooms` and `chat_members`: which rooms there are, and who is in them."""

from typing import Any

from domain import naming
from records.db import Db, Statement, first
from records.people import SHOWN_NAME
from schema.ids import Millis
from schema.rows import RoomRow


async def seen_by(db: Db, community_id: str, person_id: str) -> list[dict[str, Any]]:
    """The rooms of a person's side bar, by name: public ones, and private ones they are in."""
    return await db.rows(
        "SELECT chat_rooms.id, chat_rooms.name, chat_rooms.description, chat_rooms.created_at,"
        " coalesce(chat_rooms.settings ->> 'visibility', 'public') AS visibility,"
        " chat_members.role"
        " FROM chat_rooms"
        " JOIN community_members ON community_members.community_id = chat_rooms.community_id"
        "  AND community_members.user_id = ?2"
        " LEFT JOIN chat_members ON chat_members.room_id = chat_rooms.id"
        "  AND chat_members.user_id = ?2"
        " WHERE chat_rooms.community_id = ?1"
        "  AND (chat_members.role IS NOT NULL OR (community_members.role <> 'guest'"
        "   AND coalesce(chat_rooms.settings ->> 'visibility', 'public') = 'public'))"
        " ORDER BY chat_rooms.name COLLATE NOCASE",
        *(community_id, person_id),
    )


async def add(db: Db, room: RoomRow, creator_id: str) -> bool:
    """A new room with its first admin; False when the name is taken in the community."""
    changed = await db.batch(
        (
            "INSERT INTO room_names (community_id, key, room_id) VALUES (?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            *(room["community_id"], naming.key(room["name"]), room["id"]),
        ),
        (
            "INSERT INTO chat_rooms (id, name, description, community_id, created_at, settings)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM room_names"
            "  WHERE room_id = ?1 AND community_id = ?4) ON CONFLICT DO NOTHING",
            *(room["id"], room["name"], room["description"]),
            *(room["community_id"], room["created_at"], room["settings"]),
        ),
        (
            "INSERT INTO chat_members (room_id, user_id, role, joined_at)"
            " SELECT id, ?, 'admin', ? FROM chat_rooms WHERE id = ? AND community_id = ?",
            *(creator_id, room["created_at"], room["id"], room["community_id"]),
        ),
    )
    return changed[1] > 0


async def ids(db: Db, community_id: str) -> list[str]:
    """The ids of all rooms of a community."""
    rows = await db.rows("SELECT id FROM chat_rooms WHERE community_id = ?", community_id)
    return [row["id"] for row in rows]


async def by_id(db: Db, community_id: str, room_id: str) -> RoomRow | None:
    return await first(  # type: ignore[return-value]
        db,
        "SELECT * FROM chat_rooms WHERE id = ? AND community_id = ?",
        *(room_id, community_id),
    )


async def joined_at(db: Db, community_id: str, room_id: str, person_id: str) -> Millis | None:
    """When somebody became a member of a room; None when they are none."""
    row = await first(
        db,
        "SELECT chat_members.joined_at FROM chat_members"
        " JOIN chat_rooms ON chat_rooms.id = chat_members.room_id"
        " WHERE chat_rooms.id = ? AND chat_rooms.community_id = ? AND chat_members.user_id = ?",
        *(room_id, community_id, person_id),
    )
    return row["joined_at"] if row else None


async def joined_with(db: Db, community_id: str, person_id: str, moment: Millis) -> list[str]:
    """The ids of the rooms of a community that somebody became a member of at that moment."""
    rows = await db.rows(
        "SELECT chat_rooms.id FROM chat_rooms"
        " JOIN chat_members ON chat_members.room_id = chat_rooms.id"
        " WHERE chat_rooms.community_id = ? AND chat_members.user_id = ?"
        " AND chat_members.joined_at = ?",
        *(community_id, person_id, moment),
    )
    return [row["id"] for row in rows]


async def join(
    db: Db, community_id: str, room_id: str, person_id: str, role: str, now: Millis
) -> bool:
    """False when they are a member already, or none of the community any more."""
    return 0 < await db.run(
        "INSERT INTO chat_members (room_id, user_id, role, joined_at)"
        " SELECT id, ?1, ?2, ?3 FROM chat_rooms WHERE id = ?4 AND community_id = ?5"
        " AND EXISTS (SELECT 1 FROM community_members WHERE community_id = ?5 AND user_id = ?1)"
        " ON CONFLICT DO NOTHING",
        *(person_id, role, now, room_id, community_id),
    )


async def end_membership(
    db: Db, community_id: str, room_id: str, person_id: str, joined_at: Millis
) -> bool:
    """The membership that began then is over; False when it was already. A later one stays."""
    return 0 < await db.run(
        "DELETE FROM chat_members WHERE user_id = ? AND joined_at = ? AND room_id ="
        " (SELECT id FROM chat_rooms WHERE id = ? AND community_id = ?)",
        *(person_id, joined_at, room_id, community_id),
    )


def change_role(community_id: str, room_id: str, person_id: str, old: str, new: str) -> Statement:
    """Changes nothing if the role is no longer the old one, or if no admin would remain."""
    return (
        "UPDATE chat_members SET role = ?1 WHERE user_id = ?2 AND role = ?3 AND room_id ="
        " (SELECT id FROM chat_rooms WHERE id = ?4 AND community_id = ?5)"
        " AND (?3 <> 'admin' OR EXISTS (SELECT 1 FROM chat_members AS other"
        "  WHERE other.room_id = ?4 AND other.role = 'admin' AND other.user_id <> ?2))",
        *(new, person_id, old, room_id, community_id),
    )


async def other_admins(db: Db, community_id: str, room_id: str, person_id: str) -> int:
    """How many admins a room has besides somebody."""
    row = await first(
        db,
        "SELECT count(*) AS others FROM chat_members"
        " JOIN chat_rooms ON chat_rooms.id = chat_members.room_id"
        " WHERE chat_rooms.id = ? AND chat_rooms.community_id = ?"
        " AND chat_members.role = 'admin' AND chat_members.user_id <> ?",
        *(room_id, community_id, person_id),
    )
    return int(row["others"]) if row else 0


async def members(db: Db, community_id: str, room_id: str) -> list[dict[str, Any]]:
    """Who is in a room: id, name, role, joined_at; by name."""
    return await db.rows(
        f"SELECT people.id, {SHOWN_NAME} AS name, chat_members.role, chat_members.joined_at"
        " FROM chat_members JOIN people ON people.id = chat_members.user_id"
        " JOIN chat_rooms ON chat_rooms.id = chat_members.room_id"
        " LEFT JOIN community_members ON community_members.user_id = people.id"
        "  AND community_members.community_id = chat_rooms.community_id"
        " WHERE chat_rooms.id = ? AND chat_rooms.community_id = ?"
        " ORDER BY people.name COLLATE NOCASE",
        *(room_id, community_id),
    )
