"""A room's history as functions over its own SQLite. Every write is one statement."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from schema import tell
from schema.wire import LoggedEvent, MessagePosted

PAGE_BYTES = 1_000_000
BATCH_BYTES = 500_000
TABLES = Path(__file__).with_name("chat_room.sql").read_text(encoding="utf-8")


class Sql(Protocol):
    """The object's SQLite; sqlite3 in the unit tests."""

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]: ...

    def run(self, sql: str, *values: Any) -> int:
        """Rows written; 0 means that nothing changed."""
        ...


@dataclass(frozen=True)
class Page:
    """Log entries, oldest first, joined by commas; and what lies around them."""

    events: str
    has_before: bool
    has_after: bool


def create(sql: Sql) -> None:
    sql.run(TABLES)


def head(sql: Sql) -> int:
    """The seq of the newest entry, 0 in an empty room."""
    return int(sql.rows("SELECT coalesce(max(seq), 0) AS head FROM log")[0]["head"])


def append(
    sql: Sql, seq: int, author_id: str, ref: str, make: Callable[..., LoggedEvent]
) -> str | None:
    """Store what happened as `seq`; its text. None when this author used this ref before."""
    happened = make(seq=seq)
    text = tell.event(happened)
    written = sql.run(
        "INSERT INTO log (seq, type, author_id, ref, event) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (author_id, ref) DO NOTHING",
        *(seq, happened.type, author_id, ref, text),
    )
    return text if written else None


def posted_before(sql: Sql, author_id: str, ref: str) -> str:
    """The text of what this author stored under this ref."""
    found = sql.rows("SELECT event FROM log WHERE author_id = ? AND ref = ?", author_id, ref)
    return str(found[0]["event"])


def page(sql: Sql, before_seq: int | None, after_seq: int | None, limit: int, newest: int) -> Page:
    """The page after a seq, else the one before a seq, else the latest."""
    if after_seq is not None:
        return after(sql, after_seq, limit, newest)
    return before(sql, before_seq or newest + 1, limit, newest)


def before(sql: Sql, seq: int, limit: int, newest: int) -> Page:
    """The page that ends just before `seq`."""
    return _page(sql, "seq < ? ORDER BY seq DESC", seq, limit, newest)


def after(sql: Sql, seq: int, limit: int, newest: int) -> Page:
    """The page that begins just after `seq`."""
    return _page(sql, "seq > ? ORDER BY seq", seq, limit, newest)


def _page(sql: Sql, which: str, seq: int, limit: int, newest: int) -> Page:
    row = sql.rows(
        "SELECT group_concat(event, ',') AS events, min(seq) AS first, max(seq) AS last"
        f" FROM (SELECT seq, event FROM ({_bounded(which)}) ORDER BY seq)",
        *(seq, limit, PAGE_BYTES),
    )[0]
    if row["events"] is None:
        ascending = which.startswith("seq >")
        return Page("", has_before=ascending and newest > 0, has_after=not ascending and newest > 0)
    return Page(row["events"], has_before=row["first"] > 1, has_after=row["last"] < newest)


def _bounded(which: str) -> str:
    """Entries in their order, as many as fit: SQLite joins at most 2 MB to one text."""
    order = which[which.index("ORDER BY") :]
    chosen = f"SELECT * FROM log WHERE {which} LIMIT ?"
    size = f"sum(length(CAST(event AS BLOB)) + 1) OVER ({order})"
    return (
        "SELECT seq, type, author_id, ref, event"
        f" FROM (SELECT *, {size} AS size FROM ({chosen})) WHERE size <= ?"
    )


def uncopied(sql: Sql, target: str, limit: int) -> list[dict[str, Any]]:
    """What waits for a target, oldest first, as much as fits: seq, type, author_id, ref, event."""
    past = "(SELECT coalesce(max(seq), 0) FROM copied WHERE target = ?)"
    which = f"{_bounded(f'seq > {past} ORDER BY seq')} ORDER BY seq"
    return sql.rows(which, target, limit, BATCH_BYTES)


def copied(sql: Sql, target: str) -> int:
    rows = sql.rows("SELECT seq FROM copied WHERE target = ?", target)
    return int(rows[0]["seq"]) if rows else 0


def mark_copied(sql: Sql, target: str, seq: int) -> None:
    sql.run(
        "INSERT INTO copied (target, seq) VALUES (?, ?)"
        " ON CONFLICT (target) DO UPDATE SET seq = max(seq, excluded.seq)",
        *(target, seq),
    )


def know(sql: Sql, name: str, value: str) -> None:
    sql.run(
        "INSERT INTO facts (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        *(name, value),
    )


def known(sql: Sql, name: str) -> str | None:
    rows = sql.rows("SELECT value FROM facts WHERE name = ?", name)
    return str(rows[0]["value"]) if rows else None


def departures(waiting: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Who left, and when the membership that ended had begun: their reference says it."""
    left = [entry for entry in waiting if entry["type"] == "member_left"]
    return [(entry["author_id"], int(entry["ref"].rsplit("-", 1)[1])) for entry in left]


def message_rows(waiting: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of D1 `chat_messages` for log entries that are messages."""
    posted = [
        MessagePosted.model_validate_json(entry["event"])
        for entry in waiting
        if entry["type"] == "message_posted"
    ]
    return [
        {
            "id": entry.message.id,
            "room_id": entry.message.room_id,
            "user_id": entry.message.author.id,
            "content": entry.message.content,
            "message_type": entry.message.message_type,
            "metadata": {**entry.message.metadata, "seq": entry.seq},
            "created_at": entry.message.created_at,
        }
        for entry in posted
    ]
