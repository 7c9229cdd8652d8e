"""D1 `communities`, `community_domains` and `community_members`."""

import json
from typing import Any

from records.db import Db, first
from records.people import SHOWN_NAME
from schema.ids import Millis
from schema.rows import CommunityRow


async def by_domain(db: Db, domain: str) -> CommunityRow | None:
    return await first(  # type: ignore[return-value]
        db,
        "SELECT communities.* FROM communities"
        " JOIN community_domains ON community_domains.community_id = communities.id"
        " WHERE community_domains.domain = ?",
        domain,
    )


async def domains(db: Db, community_id: str) -> list[str]:
    rows = await db.rows(
        "SELECT domain FROM community_domains WHERE community_id = ? ORDER BY domain", community_id
    )
    return [row["domain"] for row in rows]


async def role(db: Db, community_id: str, person_id: str) -> str | None:
    row = await first(
        db,
        "SELECT role FROM community_members WHERE community_id = ? AND user_id = ?",
        *(community_id, person_id),
    )
    return row["role"] if row else None


async def config(db: Db, community_id: str) -> dict[str, Any]:
    """What the community decided about itself."""
    row = await first(db, "SELECT config FROM communities WHERE id = ?", community_id)
    return dict(json.loads(row["config"])) if row else {}


LETS_IN = (
    "(NOT EXISTS (SELECT 1 FROM community_members WHERE community_id = ?1) OR EXISTS"
    " (SELECT 1 FROM communities WHERE id = ?1"
    "  AND coalesce(config ->> 'join_rule', 'open') = 'open'))"
)


async def welcome(
    db: Db, community_id: str, person_id: str, now: Millis, role: str = "member"
) -> bool:
    """Make somebody new a member, of its default rooms too, where the door is open. The first of
    all is the owner, whatever the rule.

    A guest joins no room by this. False when they were a member already: then nothing
    changes, for they may have left a room.
    """
    changed = await db.batch(
        (
            "INSERT INTO chat_members (room_id, user_id, role, joined_at)"
            " SELECT id, ?2, 'member', ?3 FROM chat_rooms"
            " WHERE community_id = ?1 AND settings ->> 'default' = 1"
            " AND NOT EXISTS (SELECT 1 FROM community_members"
            f"  WHERE community_id = ?1 AND user_id = ?2) AND ?4 = 'member' AND {LETS_IN}"
            " ON CONFLICT DO NOTHING",
            *(community_id, person_id, now, role),
        ),
        (
            "INSERT INTO community_members (community_id, user_id, role, joined_at)"
            " SELECT ?1, ?2, CASE WHEN EXISTS (SELECT 1 FROM community_members"
            " WHERE community_id = ?1) THEN ?4 ELSE 'owner' END, ?3"
            f" WHERE {LETS_IN} ON CONFLICT DO NOTHING",
            *(community_id, person_id, now, role),
        ),
    )
    return changed[1] > 0


async def people(db: Db, community_id: str) -> list[dict[str, Any]]:
    """Everybody of a community: id, name, about, role."""
    return await db.rows(
        f"SELECT people.id, {SHOWN_NAME} AS name, people.about, community_members.role"
        " FROM community_members JOIN people ON people.id = community_members.user_id"
        " WHERE community_members.community_id = ?"
        " ORDER BY community_members.joined_at, people.name",
        community_id,
    )
