"""What admins decide for their community: D1 `communities.config`, and its default rooms."""

import json
from typing import Any

from records.db import Db, Statement, first
from schema.rows import CommunityRow


async def of(db: Db, community_id: str) -> CommunityRow:
    found = await first(db, "SELECT * FROM communities WHERE id = ?", community_id)
    assert found is not None, "whoever asks is in it"
    return found  # type: ignore[return-value]


async def default_rooms(db: Db, community_id: str) -> list[str]:
    """The ids of the rooms that somebody new is a member of from the start."""
    rows = await db.rows(
        "SELECT id FROM chat_rooms WHERE community_id = ? AND settings ->> 'default' = 1"
        " ORDER BY name COLLATE NOCASE",
        community_id,
    )
    return [row["id"] for row in rows]


async def public_rooms(db: Db, community_id: str) -> set[str]:
    rows = await db.rows(
        "SELECT id FROM chat_rooms WHERE community_id = ?"
        " AND coalesce(settings ->> 'visibility', 'public') = 'public'",
        community_id,
    )
    return {row["id"] for row in rows}


def named(community_id: str, name: str | None, description: str | None) -> Statement:
    """Another name or description; None keeps what is there."""
    return (
        "UPDATE communities SET name = coalesce(?, name),"
        " description = coalesce(?, description) WHERE id = ?",
        *(name, description, community_id),
    )


def decided(community_id: str, config: dict[str, Any]) -> Statement:
    """Decide these keys of the config anew; the others stay, and a null takes a key away."""
    return (
        "UPDATE communities SET config = json_patch(config, ?) WHERE id = ?",
        *(json.dumps(config), community_id),
    )


def welcomed_in(community_id: str, room_ids: list[str]) -> Statement:
    """These rooms and no others are those that somebody new is in from the start."""
    return (
        "UPDATE chat_rooms SET settings = CASE"
        " WHEN id IN (SELECT value FROM json_each(?1))"
        "  THEN json_set(settings, '$.default', json('true'))"
        " ELSE json_remove(settings, '$.default') END WHERE community_id = ?2",
        *(json.dumps(room_ids), community_id),
    )
