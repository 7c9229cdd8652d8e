"""A whole community at once: for the demo, for tests, and later for the wizard."""

import json

from records.db import Db, Statement
from schema.foundation import Foundation
from schema.ids import Millis


async def add(db: Db, foundation: Foundation, now: Millis) -> None:
    """All or nothing. Rows that are there already stay."""
    await db.batch(
        *_community(foundation, now), *_people(foundation, now), *_rooms(foundation, now)
    )


def _community(foundation: Foundation, now: Millis) -> list[Statement]:
    asked = foundation.community
    return [
        (
            "INSERT INTO communities (id, slug, name, description, created_at)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            *(asked.id, asked.slug, asked.name, asked.description, now),
        ),
        (
            "INSERT INTO community_domains (domain, community_id)"
            " SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
            *(asked.id, json.dumps(foundation.domains)),
        ),
    ]


def _people(foundation: Foundation, now: Millis) -> list[Statement]:
    people = json.dumps([person.model_dump() for person in foundation.people])
    return [
        (
            "INSERT INTO people (id, email, name, about, created_at)"
            " SELECT value ->> 'id', value ->> 'email', value ->> 'name', value ->> 'about', ?"
            " FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
            *(now, people),
        ),
        (
            "INSERT INTO community_members (community_id, user_id, role, joined_at)"
            " SELECT ?, value ->> 'id', value ->> 'role', ? FROM json_each(?)"
            " WHERE value ->> 'role' IS NOT NULL ON CONFLICT DO NOTHING",
            *(foundation.community.id, now, people),
        ),
    ]


def _rooms(foundation: Foundation, now: Millis) -> list[Statement]:
    community_id = foundation.community.id
    rooms = json.dumps([room.model_dump() for room in foundation.rooms])
    return [
        (
            "INSERT INTO chat_rooms (id, name, description, community_id, created_at, settings)"
            " SELECT value ->> 'id', value ->> 'name', value ->> 'description', ?, ?,"
            " value -> 'settings' FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
            *(community_id, now, rooms),
        ),
        (
            "INSERT INTO chat_members (room_id, user_id, role, joined_at)"
            " SELECT room.value ->> 'id', member.value, 'member', ?"
            " FROM json_each(?) AS room, json_each(room.value -> 'members') AS member"
            " WHERE true ON CONFLICT DO NOTHING",
            *(now, rooms),
        ),
    ]
