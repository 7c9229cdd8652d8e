"""D1 `invitations` and `invitation_uses`: links into a community, and who came by them."""

import json
from typing import Any

from domain.invitations import DAY_MS, MADE_A_DAY, Invitation
from records import audit_log
from records.audit_log import Act
from records.db import Db, Statement, first

INTO_ROOMS = (
    "INSERT INTO chat_members (room_id, user_id, role, joined_at)"
    " SELECT id, ?, 'member', ? FROM chat_rooms WHERE community_id = ?"
)
USED_NOW = (
    "EXISTS (SELECT 1 FROM invitation_uses"
    " WHERE invitation_id = ? AND person_id = ? AND used_at = ?)"
)
USED = "(SELECT count(*) FROM invitation_uses WHERE invitation_id = invitations.id)"
SEEN = 100


async def add(db: Db, made: Invitation, act: Act) -> bool:
    """One more, in one batch that counts and adds; False when this person made enough today."""
    changed = await db.batch(
        (
            "INSERT INTO invitations (id, code, community_id, created_by, role, rooms, email, uses,"
            " created_at, expires_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10"
            " WHERE (SELECT count(*) FROM invitations"
            "  WHERE created_by = ?4 AND community_id = ?3 AND created_at > ?11) < ?12",
            *(made.id, made.code, made.community_id, made.created_by, made.role),
            *(json.dumps(made.room_ids), made.email, made.uses, made.created_at),
            *(made.expires_at, made.created_at - DAY_MS, MADE_A_DAY),
        ),
        audit_log.entry(act, "EXISTS (SELECT 1 FROM invitations WHERE id = ?)", made.id),
    )
    return changed[0] > 0


async def by_code(db: Db, community_id: str, code: str) -> Invitation | None:
    sql = (
        f"SELECT invitations.*, {USED} AS used FROM invitations WHERE code = ? AND community_id = ?"
    )
    row = await first(db, sql, code, community_id)
    return _invitation(row) if row else None


async def by_id(db: Db, community_id: str, invitation_id: str) -> Invitation | None:
    sql = f"SELECT invitations.*, {USED} AS used FROM invitations WHERE id = ? AND community_id = ?"
    row = await first(db, sql, invitation_id, community_id)
    return _invitation(row) if row else None


def _invitation(row: dict[str, Any]) -> Invitation:
    return Invitation(room_ids=json.loads(row.pop("rooms")), **row)


async def listed(db: Db, community_id: str, made_by: str | None) -> list[dict[str, Any]]:
    """The newest of a community, or of one person there, with their rooms and arrivals as JSON."""
    return await db.rows(
        "SELECT invitations.*, people.name AS inviter,"
        " (SELECT json_group_array(json_object('id', chat_rooms.id, 'name', chat_rooms.name))"
        "  FROM chat_rooms WHERE chat_rooms.community_id = ?1"
        "  AND chat_rooms.id IN (SELECT value FROM json_each(invitations.rooms))) AS named_rooms,"
        " (SELECT json_group_array(json_object('person', json_object('id', come.id,"
        "  'name', come.name), 'at', invitation_uses.used_at)) FROM invitation_uses"
        "  JOIN people AS come ON come.id = invitation_uses.person_id"
        "  WHERE invitation_uses.invitation_id = invitations.id) AS arrivals"
        " FROM invitations JOIN people ON people.id = invitations.created_by"
        " WHERE invitations.community_id = ?1 AND (?2 IS NULL OR invitations.created_by = ?2)"
        " ORDER BY invitations.created_at DESC, invitations.id DESC LIMIT ?3",
        *(community_id, made_by, SEEN),
    )


async def revoke(db: Db, community_id: str, invitation_id: str, act: Act) -> None:
    """From now on nobody comes by it. To revoke it again changes nothing."""
    unrevoked = (
        "EXISTS (SELECT 1 FROM invitations"
        " WHERE id = ? AND community_id = ? AND revoked_at IS NULL)"
    )
    await db.batch(
        audit_log.entry(act, unrevoked, invitation_id, community_id),
        (
            "UPDATE invitations SET revoked_at = ?"
            " WHERE id = ? AND community_id = ? AND revoked_at IS NULL",
            *(act.at, invitation_id, community_id),
        ),
    )


async def was_used_by(db: Db, invitation_id: str, person_id: str) -> bool:
    sql = "SELECT 1 FROM invitation_uses WHERE invitation_id = ? AND person_id = ?"
    return await first(db, sql, invitation_id, person_id) is not None


async def accept(
    db: Db,
    found: Invitation,
    person_id: str,
    roles: tuple[str | None, str],
    room_ids: list[str],
    act: Act,
) -> bool:
    """Let somebody in by it, in one transaction that minds its uses, its end and its revocation.

    `roles` are the one they have and the one they get. False when it was used up, revoked or used
    by them meanwhile: then nothing has changed.
    """
    changed = await db.batch(
        (
            "INSERT INTO invitation_uses (invitation_id, person_id, used_at)"
            " SELECT id, ?2, ?3 FROM invitations WHERE id = ?1 AND community_id = ?4"
            f" AND revoked_at IS NULL AND expires_at > ?3 AND {USED} < uses"
            " ON CONFLICT DO NOTHING",
            *(found.id, person_id, act.at, found.community_id),
        ),
        *_entering(found, person_id, roles, room_ids, act),
    )
    return changed[0] > 0


def _entering(
    found: Invitation,
    person_id: str,
    roles: tuple[str | None, str],
    room_ids: list[str],
    act: Act,
) -> list[Statement]:
    """What follows from a use at this very moment, and from nothing else. The default rooms come
    first, for they are for somebody who is not in yet; a guest sees the named rooms alone. A role
    that was changed meanwhile stays."""
    had, role = roles
    use = (found.id, person_id, act.at)
    into = (person_id, act.at, found.community_id)
    return [
        (
            f"{INTO_ROOMS} AND settings ->> 'default' = 1 AND ? <> 'guest' AND NOT EXISTS"
            " (SELECT 1 FROM community_members WHERE community_id = ? AND user_id = ?)"
            f" AND {USED_NOW} ON CONFLICT DO NOTHING",
            *(*into, role, found.community_id, person_id, *use),
        ),
        (
            f"{INTO_ROOMS} AND id IN (SELECT value FROM json_each(?))"
            f" AND {USED_NOW} ON CONFLICT DO NOTHING",
            *(*into, json.dumps(room_ids), *use),
        ),
        (
            "INSERT INTO community_members (community_id, user_id, role, joined_at)"
            f" SELECT ?, ?, ?, ? WHERE {USED_NOW}"
            " ON CONFLICT (community_id, user_id) DO UPDATE SET role = excluded.role"
            " WHERE community_members.role = ?",
            *(found.community_id, person_id, role, act.at, *use, had),
        ),
        audit_log.entry(act, USED_NOW, *use),
    ]
