"""Who stands where: a person, their roles, the room and what was decided for them, in one query."""

import json

from records.db import Db, first
from records.people import SHOWN_NAME
from schema.ids import Millis
from schema.rows import StandingRow

COLUMNS = (
    f"SELECT people.id AS person_id, {SHOWN_NAME} AS name,"
    " community_members.role AS community_role, community_members.joined_at AS came_at,"
    " chat_members.role AS room_role, chat_members.joined_at, chat_rooms.id AS room_id,"
    " chat_rooms.name AS room_name, chat_rooms.description, chat_rooms.settings,"
    " (SELECT json_group_array(json_array(room_id, role, verb, allowed))"
    "  FROM permission_overrides WHERE community_id = ?1 AND room_id IN ('', ?2)) AS overrides,"
    " communities.config -> 'features' AS features, communities.config -> 'filters' AS filters,"
    " (SELECT json_group_array(blocked_id) FROM blocks WHERE person_id = people.id) AS blocked,"
    " (SELECT json_group_array(person_id) FROM blocks WHERE blocked_id = people.id) AS blocked_by,"
    " (SELECT invisible FROM safety_settings WHERE person_id = people.id) AS invisible,"
    " communities.config ->> 'guidelines_required'"
    "  AND community_members.role <> 'bot'"
    "  AND (SELECT max(version) FROM community_guidelines WHERE community_id = ?1)"
    "  > coalesce((SELECT version FROM guidelines_accepted WHERE community_id = ?1"
    "   AND person_id = people.id), 0) AS unaccepted"
)
PLACES = (
    " FROM people LEFT JOIN communities ON communities.id = ?1"
    " LEFT JOIN community_members ON community_members.user_id = people.id"
    "  AND community_members.community_id = ?1"
    " LEFT JOIN chat_rooms ON chat_rooms.id = ?2 AND chat_rooms.community_id = ?1"
    " LEFT JOIN chat_members ON chat_members.room_id = chat_rooms.id"
    "  AND chat_members.user_id = people.id"
)
STANDING = COLUMNS + PLACES


async def of_person(
    db: Db, community_id: str, person_id: str, room_id: str | None
) -> StandingRow | None:
    """One person before one room (or the community alone). None: no such person."""
    sql = f"{STANDING} WHERE people.id = ?3"
    return await first(db, sql, community_id, room_id, person_id)  # type: ignore[return-value]


async def of_session(
    db: Db, community_id: str, token_hash: str, host: str, now: Millis, room_id: str | None
) -> StandingRow | None:
    """The same for whoever is signed in by a session at this host, and until when. None: it is
    over, or of another host, or never was."""
    sql = (
        f"{COLUMNS}, sessions.expires_at AS until{PLACES}"
        " JOIN sessions ON sessions.person_id = people.id"
        " WHERE sessions.token_hash = ?3 AND sessions.host = ?4 AND sessions.expires_at > ?5"
    )
    values = (community_id, room_id, token_hash, host, now)
    return await first(db, sql, *values)  # type: ignore[return-value]


async def in_rooms(db: Db, community_id: str, person_id: str) -> list[StandingRow]:
    """The same for one person before every room of the community that they are in or that is
    public, by name."""
    sql = (
        f"{STANDING.replace('?2', 'chat_rooms.id')} WHERE people.id = ?2"
        " AND (chat_members.role IS NOT NULL"
        "  OR coalesce(chat_rooms.settings ->> 'visibility', 'public') = 'public')"
        " ORDER BY chat_rooms.name COLLATE NOCASE"
    )
    return await db.rows(sql, community_id, person_id)  # type: ignore[return-value]


async def of_people(
    db: Db, community_id: str, room_id: str, person_ids: list[str]
) -> list[StandingRow]:
    """The same for many people before one room."""
    sql = f"{STANDING} WHERE people.id IN (SELECT value FROM json_each(?3))"
    found = await db.rows(sql, community_id, room_id, json.dumps(person_ids))
    return found  # type: ignore[return-value]
