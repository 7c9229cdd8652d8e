"""The communities that anybody may find, and who owns how many."""

from typing import Any

from records.db import Db, first

LISTED = "coalesce(communities.config ->> 'join_rule', 'open') <> 'invitation'"
ENTRY = (
    "slug, name, description, coalesce(config ->> 'join_rule', 'open') AS join_rule,"
    " (SELECT domain FROM community_domains WHERE community_id = communities.id"
    "  ORDER BY domain NOT LIKE 'chat.%', domain LIMIT 1) AS domain"
)


async def page(db: Db, words: str, after: str, limit: int) -> list[dict[str, Any]]:
    """slug, name, description, join_rule, domain; those after a slug, by slug."""
    return await db.rows(
        f"SELECT {ENTRY} FROM communities WHERE slug > ?1 AND {LISTED}"
        " AND (?2 = '' OR instr(lower(name || ' ' || description), lower(?2)) > 0)"
        " ORDER BY slug LIMIT ?3",
        *(after, words, limit),
    )


async def of_person(db: Db, person_id: str, after: str, limit: int) -> list[dict[str, Any]]:
    """The same of those that somebody is in, whatever their rule."""
    return await db.rows(
        f"SELECT {ENTRY} FROM communities JOIN community_members"
        " ON community_members.community_id = communities.id AND community_members.user_id = ?1"
        " WHERE slug > ?2 ORDER BY slug LIMIT ?3",
        *(person_id, after, limit),
    )


async def owned(db: Db, person_id: str) -> int:
    """How many communities somebody owns."""
    row = await first(
        db,
        "SELECT count(*) AS owned FROM community_members WHERE user_id = ? AND role = 'owner'",
        person_id,
    )
    return row["owned"] if row else 0
