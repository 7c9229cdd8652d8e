"""D1 `permission_overrides`: what was decided otherwise than the table of permissions."""

from domain.permissions import Override
from records.db import Db, Statement


async def made(db: Db, community_id: str, room_id: str = "") -> list[Override]:
    """What was decided in a community and, if one is named, in a room of it."""
    rows = await db.rows(
        "SELECT room_id, role, verb, allowed FROM permission_overrides"
        " WHERE community_id = ? AND room_id IN ('', ?)",
        *(community_id, room_id),
    )
    return [Override(r["room_id"], r["role"], r["verb"], bool(r["allowed"])) for r in rows]


def decide(community_id: str, what: Override) -> Statement:
    return (
        "INSERT INTO permission_overrides (community_id, room_id, role, verb, allowed)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET allowed = excluded.allowed",
        *(community_id, what.room_id, what.role, what.verb, int(what.allowed)),
    )


def undo(community_id: str, room_id: str, role: str, verb: str) -> Statement:
    return (
        "DELETE FROM permission_overrides"
        " WHERE community_id = ? AND room_id = ? AND role = ? AND verb = ?",
        *(community_id, room_id, role, verb),
    )
