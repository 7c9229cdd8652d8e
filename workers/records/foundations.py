"""A whole community at once: for the demo, for tests, and later for the wizard."""

import json
from collections.abc import Sequence

from domain import naming
from records.db import Db, Statement, first
from schema.foundation import FirstPerson, FirstRoom, Foundation
from schema.ids import Millis

WORDS = ("name", "about", "description")
BEGAN = "EXISTS (SELECT 1 FROM communities WHERE communities.id = ?1)"
"""Whoever came second in one moment finds no community of theirs to add to."""


async def add(db: Db, foundation: Foundation, now: Millis, owned_most: int | None = None) -> None:
    """All or nothing. Rows that are there already stay, and so does every other community. Nothing
    where its slug is another's, or its owner owns as many as `owned_most`."""
    await db.batch(
        *_community(foundation, now, owned_most),
        *_people(foundation, now),
        *_rooms(foundation, now),
    )


async def is_taken(db: Db, foundation: Foundation) -> bool:
    """Whether its slug, or a person's e-mail address, is that of somebody else."""
    people = json.dumps([person.model_dump() for person in foundation.people])
    found = await first(
        db,
        "SELECT 1 FROM communities WHERE slug = ? AND id <> ?"
        " UNION ALL SELECT 1 FROM json_each(?) AS asked"
        " JOIN people ON people.email = asked.value ->> 'email'"
        " WHERE people.id <> asked.value ->> 'id'",
        *(foundation.community.slug, foundation.community.id, people),
    )
    return found is not None


def _community(foundation: Foundation, now: Millis, owned_most: int | None) -> list[Statement]:
    asked, people = foundation.community, foundation.people
    owners = [person.id for person in people if person.role == "owner"]
    config = {"join_rule": asked.join_rule, "join_questions": asked.join_questions}
    return [
        (
            "INSERT INTO communities (id, slug, name, description, config, created_at)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?8 IS NULL OR ?8 > (SELECT count(*)"
            "  FROM community_members JOIN json_each(?7) ON value = user_id WHERE role = 'owner')"
            " ON CONFLICT DO NOTHING",
            *(asked.id, asked.slug, naming.shown(asked.name)),
            *(naming.shown(asked.description), json.dumps(config), now),
            *(json.dumps(owners), owned_most),
        ),
        (
            "INSERT INTO community_domains (domain, community_id)"
            f" SELECT value, ?1 FROM json_each(?2) WHERE {BEGAN} ON CONFLICT DO NOTHING",
            *(asked.id, json.dumps(foundation.domains)),
        ),
    ]


def _named(found: Sequence[FirstPerson | FirstRoom]) -> str:
    """The rows as JSON, each with the key of its name."""
    rows = [one.model_dump() for one in found]
    for row in rows:
        row["key"] = naming.key(row["name"])
        row |= {word: naming.shown(row[word]) for word in WORDS if word in row}
    return json.dumps(rows)


def _people(foundation: Foundation, now: Millis) -> list[Statement]:
    people = _named(foundation.people)
    return [
        (
            "INSERT INTO people (id, email, name, name_key, about, created_at)"
            " SELECT value ->> 'id', value ->> 'email', value ->> 'name', value ->> 'key',"
            " value ->> 'about', ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
            *(now, people),
        ),
        (
            "INSERT INTO community_members (community_id, user_id, role, joined_at)"
            " SELECT ?1, people.id, value ->> 'role', ?2 FROM json_each(?3)"
            " JOIN people ON people.id = value ->> 'id'"
            f" WHERE value ->> 'role' IS NOT NULL AND {BEGAN} ON CONFLICT DO NOTHING",
            *(foundation.community.id, now, people),
        ),
    ]


def _rooms(foundation: Foundation, now: Millis) -> list[Statement]:
    community_id = foundation.community.id
    rooms = _named(foundation.rooms)
    return [
        (
            "INSERT INTO room_names (community_id, key, room_id)"
            f" SELECT ?1, value ->> 'key', value ->> 'id' FROM json_each(?2) WHERE {BEGAN}"
            " AND NOT EXISTS (SELECT 1 FROM chat_rooms WHERE id = value ->> 'id')"
            " ON CONFLICT DO NOTHING",
            *(community_id, rooms),
        ),
        (
            "INSERT INTO chat_rooms (id, name, description, community_id, created_at, settings)"
            " SELECT value ->> 'id', value ->> 'name', value ->> 'description', ?1, ?2,"
            " value -> 'settings' FROM json_each(?3) JOIN room_names"
            " ON room_names.community_id = ?1 AND room_names.room_id = value ->> 'id'"
            " WHERE true ON CONFLICT DO NOTHING",
            *(community_id, now, rooms),
        ),
        (
            "INSERT INTO chat_members (room_id, user_id, role, joined_at)"
            " SELECT chat_rooms.id, member.value, 'member', ?1 FROM json_each(?2) AS room"
            " JOIN chat_rooms"
            "  ON chat_rooms.id = room.value ->> 'id' AND chat_rooms.community_id = ?3,"
            " json_each(room.value -> 'members') AS member WHERE true ON CONFLICT DO NOTHING",
            *(now, rooms, community_id),
        ),
    ]
