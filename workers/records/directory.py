"""The communities that anybody may find, and who owns how many."""

from typing import Any

from records.db import Db, first

LISTED = "coalesce(communities.config ->> 'join_rule', 'open') <> 'invitation'"


async def page(db: Db, words: str, after: str, limit: int) -> list[dict[str, Any]]:
    """slug, name, description, join_rule, domain; those after a slug, by slug."""
    return await db.rows(
        "SELECT slug, name, description, coalesce(config ->> 'join_rule', 'open') AS join_rule,"
        " (SELECT min(domain) FROM community_domains WHERE community_id = communities.id) AS domain"
        f" FROM communities WHERE slug > ?1 AND {LISTED}"
        " AND (?2 = '' OR instr(lower(name || ' ' || description), lower(?2)) > 0)"
        " ORDER BY slug LIMIT ?3",
        *(after, words, limit),
    )


async def owned(db: Db, person_id: str) -> int:
    """How many communities somebody owns."""
    row = await first(
        db,
        "SELECT count(*) AS owned FROM community_members WHERE user_id = ? AND role = 'owner'",
        person_id,
    )
    return row["owned"] if row else 0
