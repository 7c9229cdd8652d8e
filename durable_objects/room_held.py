"""Messages that wait for a moderator: beside the log, and never told to readers.

A reference is worth one message here too: sent again it is answered with what became of the first.
"""

import json
from dataclasses import dataclass

from durable_objects.room_log import Sql
from schema.filters import HELD_EACH
from schema.ids import Millis, Ref
from schema.refusals import Refused
from schema.wire import Message

KEPT_MS = 30 * 24 * 3_600_000
COPIES = 100
# One text comes over the border, made by SQLite.
ROW = """json_object('message_id', id, 'room_id', message ->> '$.room_id', 'author_id', author_id,
  'content', message ->> '$.content', 'reasons', json(reasons), 'at', at, 'state', state)"""


@dataclass(frozen=True)
class Held:
    """A message that was held, its author's reference, and what became of it."""

    ref: str
    message: Message
    state: str


def holds(sql: Sql) -> bool:
    """Whether anything was ever held here, as in few rooms."""
    return bool(sql.rows("SELECT 1 FROM held LIMIT 1"))


def known(sql: Sql, author_id: str, ref: Ref) -> bool:
    """Whether the log has this reference. Refuses: held, declined, withdrawn."""
    rows = sql.rows(
        "SELECT 'stored' AS state, '' AS said FROM log WHERE author_id = ? AND ref = ?"
        " UNION ALL SELECT state, said FROM held WHERE author_id = ? AND ref = ?",
        *(author_id, ref, author_id, ref),
    )
    found = {row["state"]: row["said"] for row in rows}
    if "stored" in found or not found:
        return "stored" in found
    if "declined" in found:
        raise declined(found["declined"])
    raise Refused("withdrawn" if "withdrawn" in found else "held")


def declined(said: str) -> Refused:
    return Refused("declined", f"A moderator did not let this in: {said}" if said else None)


def hold(sql: Sql, ref: Ref, message: Message, reasons: list[str]) -> None:
    """Keep it until somebody decides. Refuses: filtered, when too many of its author's wait."""
    who, now = message.author.id, message.created_at
    sql.run("DELETE FROM held WHERE state <> 'waiting' AND at < ?", now - KEPT_MS)
    written = sql.run(
        "INSERT INTO held (id, author_id, ref, message, reasons, at) SELECT ?, ?, ?, ?, ?, ?"
        " WHERE (SELECT count(*) FROM held WHERE author_id = ? AND state = 'waiting') < ?",
        *(message.id, who, ref, message.model_dump_json(), json.dumps(reasons), now),
        *(who, HELD_EACH),
    )
    if not written:
        raise Refused(
            "filtered", f"{HELD_EACH} of your messages wait for a moderator here already."
        )


def of_id(sql: Sql, message_id: str) -> Held | None:
    return _held(sql, "id = ?", message_id)


def of_ref(sql: Sql, author_id: str, ref: Ref) -> Held | None:
    return _held(sql, "author_id = ? AND ref = ?", author_id, ref)


def _held(sql: Sql, where: str, *values: str) -> Held | None:
    rows = sql.rows(f"SELECT ref, message, state FROM held WHERE {where}", *values)
    if not rows:
        return None
    row = rows[0]
    return Held(row["ref"], Message.model_validate_json(row["message"]), row["state"])


def settle(sql: Sql, message_id: str, state: str, said: str, now: Millis) -> None:
    """What became of it, from now on for a while."""
    sql.run(
        "UPDATE held SET state = ?, said = ?, at = ? WHERE id = ?", state, said, now, message_id
    )


def withdraw(sql: Sql, message_id: str, now: Millis) -> None:
    """Its author took it back: its text is forgotten, and D1 hears of it."""
    settle(sql, message_id, "withdrawn", "", now)
    sql.run(
        "UPDATE held SET message = json_set(message, '$.content', ''), copied = 0 WHERE id = ?",
        message_id,
    )


def uncopied(sql: Sql) -> str | None:
    """Rows for D1 as the text of a JSON array; None when it has all."""
    waits = f"SELECT * FROM held WHERE copied = 0 ORDER BY id LIMIT {COPIES}"
    row = sql.rows(f"SELECT count(*) AS n, json_group_array({ROW}) AS rows FROM ({waits})")[0]
    return str(row["rows"]) if row["n"] else None


def mark_copied(sql: Sql, rows: str) -> None:
    """D1 has these, except for what changed while they were on the way."""
    sql.run(
        "UPDATE held SET copied = 1 WHERE (id, state) IN"
        " (SELECT value ->> 'message_id', value ->> 'state' FROM json_each(?))",
        rows,
    )
