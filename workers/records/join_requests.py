"""D1 `join_requests`: who asks to be let in, and what was decided."""

import json
from typing import Any

from domain.joining import Asked
from records import audit_log
from records.audit_log import Act
from records.db import Db, first
from schema.ids import Millis

SEEN = 100
UNBANNED = (
    "NOT EXISTS (SELECT 1 FROM bans WHERE bans.community_id = join_requests.community_id"
    " AND bans.person_id = join_requests.person_id AND (until IS NULL OR until > ?))"
)
APPROVED_NOW = (
    "EXISTS (SELECT 1 FROM join_requests"
    " WHERE id = ? AND community_id = ? AND state = 'approved' AND decided_at = ?)"
)


async def of_person(db: Db, community_id: str, person_id: str) -> Asked | None:
    row = await first(
        db,
        "SELECT state, decided_at FROM join_requests WHERE community_id = ? AND person_id = ?",
        *(community_id, person_id),
    )
    return Asked(**row) if row else None


async def ask(
    db: Db,
    request_id: str,
    community_id: str,
    person_id: str,
    answers: list[dict[str, str]],
    now: Millis,
) -> None:
    """They wait from now on, with a new request in the place of one that was decided. One that
    waits already stays as it is."""
    await db.run(
        "INSERT INTO join_requests (id, community_id, person_id, answers, state, asked_at)"
        " VALUES (?, ?, ?, ?, 'waiting', ?)"
        " ON CONFLICT (community_id, person_id) DO UPDATE SET id = excluded.id,"
        " answers = excluded.answers, state = 'waiting', asked_at = excluded.asked_at,"
        " decided_by = NULL, decided_at = NULL WHERE join_requests.state <> 'waiting'",
        *(request_id, community_id, person_id, json.dumps(answers), now),
    )


async def waiting(db: Db, community_id: str) -> list[dict[str, Any]]:
    """Who waits longest comes first."""
    return await db.rows(
        "SELECT join_requests.id, join_requests.answers, join_requests.asked_at,"
        " people.id AS person_id, people.name, people.email"
        " FROM join_requests JOIN people ON people.id = join_requests.person_id"
        " WHERE join_requests.community_id = ? AND join_requests.state = 'waiting'"
        " ORDER BY join_requests.asked_at LIMIT ?",
        *(community_id, SEEN),
    )


async def decline(db: Db, community_id: str, request_id: str, act: Act) -> bool:
    """False when it does not wait, here or at all."""
    here = (request_id, community_id)
    changed = await db.batch(
        audit_log.entry(act, f"EXISTS ({_WAITING})", *here),
        (
            "UPDATE join_requests SET state = 'declined', decided_by = ?, decided_at = ?"
            " WHERE id = ? AND community_id = ? AND state = 'waiting'",
            *(act.actor_id, act.at, *here),
        ),
    )
    return changed[1] > 0


_WAITING = "SELECT 1 FROM join_requests WHERE id = ? AND community_id = ? AND state = 'waiting'"


async def approve(db: Db, community_id: str, request_id: str, act: Act) -> str | None:
    """Who is a member now, of the default rooms too; None when it does not wait, or is banned.

    Who came in some other way meanwhile stays what they are.
    """
    now = (request_id, community_id, act.at)
    asker = "SELECT person_id FROM join_requests WHERE id = ?"
    changed = await db.batch(
        (
            "UPDATE join_requests SET state = 'approved', decided_by = ?, decided_at = ?"
            f" WHERE id = ? AND community_id = ? AND state = 'waiting' AND {UNBANNED}",
            *(act.actor_id, act.at, request_id, community_id, act.at),
        ),
        (
            "INSERT INTO chat_members (room_id, user_id, role, joined_at)"
            f" SELECT id, ({asker}), 'member', ? FROM chat_rooms WHERE community_id = ?"
            " AND settings ->> 'default' = 1 AND NOT EXISTS (SELECT 1 FROM community_members"
            f"  WHERE community_id = ? AND user_id = ({asker}))"
            f" AND {APPROVED_NOW} ON CONFLICT DO NOTHING",
            *(request_id, act.at, community_id, community_id, request_id, *now),
        ),
        (
            "INSERT INTO community_members (community_id, user_id, role, joined_at)"
            " SELECT community_id, person_id, 'member', ? FROM join_requests"
            " WHERE id = ? AND community_id = ? AND state = 'approved' AND decided_at = ?"
            " ON CONFLICT DO NOTHING",
            *(act.at, *now),
        ),
        audit_log.entry(act, APPROVED_NOW, *now),
    )
    if changed[0] == 0:
        return None
    row = await first(db, asker, request_id)
    return row["person_id"] if row else None
