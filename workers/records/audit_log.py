"""D1 `audit_log`: who did what to whom, when and from where. Append only; a trigger holds it."""

import json
from dataclasses import dataclass, field
from typing import Any

from records.db import Db, Statement, Value
from schema.ids import Millis


@dataclass(frozen=True)
class Act:
    """One thing that somebody did in a community; `target_id` is whom or what it was done to."""

    id: str
    community_id: str
    at: Millis
    actor_id: str
    action: str
    target_id: str = ""
    room_id: str = ""
    address: str = ""
    details: dict[str, Any] = field(default_factory=dict)


COLUMNS = "id, community_id, at, actor_id, action, target_id, room_id, address, details"


def entry(act: Act, where: str = "true", *values: Value) -> Statement:
    """The statement that keeps an act, for the batch that does it: both or neither.

    `where`, with its `values`: only if that holds, for a batch that may change nothing.
    """
    return (
        f"INSERT INTO audit_log ({COLUMNS}) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE {where}",
        *(act.id, act.community_id, act.at, act.actor_id, act.action),
        *(act.target_id, act.room_id, act.address, json.dumps(act.details), *values),
    )


def entry_of_change(act: Act) -> Statement:
    """The same, if the statement right before it in the batch changed anything."""
    return entry(act, "changes() > 0")


@dataclass(frozen=True)
class Wanted:
    """Which acts: None is every one. `since` is their first moment, `until` the end of them."""

    actor: str | None = None
    action: str | None = None
    target: str | None = None
    since: Millis | None = None
    until: Millis | None = None
    before: str | None = None


async def page(db: Db, community_id: str, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
    """Acts with the names that belong to them, the newest first."""
    given = {
        "audit_log.actor_id = ?": wanted.actor,
        "audit_log.action = ?": wanted.action,
        "audit_log.target_id = ?": wanted.target,
        "audit_log.at >= ?": wanted.since,
        "audit_log.at < ?": wanted.until,
        "audit_log.id < ?": wanted.before,
    }
    asked = {sql: value for sql, value in given.items() if value is not None}
    which = " AND ".join(["audit_log.community_id = ?", *asked])
    return await db.rows(
        "SELECT audit_log.*, coalesce(actor.name, '') AS actor_name,"
        " coalesce(target.name, '') AS target_name, coalesce(chat_rooms.name, '') AS room_name"
        " FROM audit_log LEFT JOIN people AS actor ON actor.id = audit_log.actor_id"
        " LEFT JOIN people AS target ON target.id = audit_log.target_id"
        " LEFT JOIN chat_rooms ON chat_rooms.id = audit_log.room_id"
        "  AND chat_rooms.community_id = audit_log.community_id"
        f" WHERE {which} ORDER BY audit_log.id DESC LIMIT ?",
        *(community_id, *asked.values(), limit),
    )
