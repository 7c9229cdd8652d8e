"""D1 `bans`: who is kept out of a community."""

from typing import Any

from domain.bans import Kept
from records.db import Db, Statement, first
from schema.ids import Millis


async def kept_out(db: Db, community_id: str, person_id: str) -> Kept | None:
    """Why somebody is kept out, whether or not that has ended."""
    row = await first(
        db,
        "SELECT reason, until FROM bans WHERE community_id = ? AND person_id = ?",
        *(community_id, person_id),
    )
    return Kept(**row) if row else None


def add(community_id: str, person_id: str, by_id: str, kept: Kept, now: Millis) -> Statement:
    """A new ban, or new words and a new end for an old one. Nobody bans an owner."""
    return (
        "INSERT INTO bans (community_id, person_id, by_id, reason, at, until)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM community_members"
        "  WHERE community_id = ?1 AND user_id = ?2 AND role = 'owner')"
        " ON CONFLICT DO UPDATE SET by_id = excluded.by_id, reason = excluded.reason,"
        "  at = excluded.at, until = excluded.until",
        *(community_id, person_id, by_id, kept.reason, now, kept.until),
    )


def lift(community_id: str, person_id: str) -> Statement:
    return (
        "DELETE FROM bans WHERE community_id = ? AND person_id = ?",
        *(community_id, person_id),
    )


BAN = (
    "SELECT bans.person_id, person.name AS person_name, bans.by_id, admin.name AS by_name,"
    " bans.reason, bans.at, bans.until FROM bans"
    " JOIN people AS person ON person.id = bans.person_id"
    " JOIN people AS admin ON admin.id = bans.by_id"
    " WHERE bans.community_id = ?"
)


async def one(db: Db, community_id: str, person_id: str) -> dict[str, Any] | None:
    return await first(db, f"{BAN} AND bans.person_id = ?", community_id, person_id)


async def all_of(db: Db, community_id: str, now: Millis) -> list[dict[str, Any]]:
    """Who is kept out now, the newest first, at most 1,000."""
    return await db.rows(
        f"{BAN} AND (bans.until IS NULL OR bans.until > ?)"
        " ORDER BY bans.at DESC, bans.person_id LIMIT 1000",
        *(community_id, now),
    )
