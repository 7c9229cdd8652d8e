"""D1 `community_members`: who is in a community, in which role, and how that changes and ends."""

from typing import Any

from domain.addresses import COMMUNITIES_OWNED
from records.db import Db, Statement, first
from records.people import SHOWN_NAME

MEMBER = (
    f"SELECT people.id, {SHOWN_NAME} AS name,"
    " community_members.role, community_members.joined_at"
    " FROM community_members JOIN people ON people.id = community_members.user_id"
    " WHERE community_members.community_id = ?1"
)


async def page(
    db: Db, community_id: str, key: str, role: str | None, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Members by name, from the one after somebody: those whose name's key holds `key`."""
    return await db.rows(
        f"{MEMBER} AND (?2 = '' OR instr(people.name_key, ?2) > 0)"
        " AND (?3 IS NULL OR community_members.role = ?3)"
        " AND (?4 IS NULL OR (people.name_key, people.id) >"
        "  (SELECT last.name_key, last.id FROM people AS last WHERE last.id = ?4))"
        " ORDER BY people.name_key, people.id LIMIT ?5",
        *(community_id, key, role, after, limit),
    )


async def one(db: Db, community_id: str, person_id: str) -> dict[str, Any] | None:
    """Somebody of a community: id, name, role, joined_at."""
    return await first(db, f"{MEMBER} AND people.id = ?2", community_id, person_id)


def change_role(community_id: str, person_id: str, old: str, new: str) -> Statement:
    """Changes nothing if the role is no longer the old one, or an owner's."""
    return (
        "UPDATE community_members SET role = ?"
        " WHERE community_id = ? AND user_id = ? AND role = ? AND role <> 'owner'",
        *(new, community_id, person_id, old),
    )


def end(community_id: str, person_id: str) -> Statement:
    """An owner stays, whoever asks."""
    return (
        "DELETE FROM community_members WHERE community_id = ? AND user_id = ? AND role <> 'owner'",
        *(community_id, person_id),
    )


def transfer(community_id: str, owner_id: str, heir_id: str) -> Statement:
    """The owner becomes an admin and a member the owner: both, or neither, for who owns as many
    communities as one may."""
    return (
        "UPDATE community_members"
        " SET role = CASE user_id WHEN ?2 THEN 'admin' ELSE 'owner' END"
        " WHERE community_id = ?1 AND user_id IN (?2, ?3) AND ?2 <> ?3"
        " AND EXISTS (SELECT 1 FROM community_members AS one WHERE one.community_id = ?1"
        "  AND one.user_id = ?2 AND one.role = 'owner')"
        " AND EXISTS (SELECT 1 FROM community_members AS other WHERE other.community_id = ?1"
        "  AND other.user_id = ?3 AND other.role IN ('admin', 'moderator', 'member'))"
        " AND ?4 > (SELECT count(*) FROM community_members AS owned"
        "  WHERE owned.user_id = ?3 AND owned.role = 'owner')",
        *(community_id, owner_id, heir_id, COMMUNITIES_OWNED),
    )


async def rooms_of(db: Db, community_id: str, person_id: str) -> list[str]:
    """The ids of the rooms of a community that somebody is in."""
    rows = await db.rows(
        "SELECT chat_members.room_id FROM chat_members"
        " JOIN chat_rooms ON chat_rooms.id = chat_members.room_id"
        " WHERE chat_members.user_id = ? AND chat_rooms.community_id = ?",
        *(person_id, community_id),
    )
    return [row["room_id"] for row in rows]


def end_sessions(community_id: str, person_id: str) -> Statement:
    """Somebody's sessions at the hosts of a community that they are not in any more."""
    return (
        "DELETE FROM sessions WHERE person_id = ?1 AND host IN"
        " (SELECT domain FROM community_domains WHERE community_id = ?2)"
        " AND NOT EXISTS (SELECT 1 FROM community_members WHERE community_id = ?2"
        "  AND user_id = ?1)",
        *(person_id, community_id),
    )
