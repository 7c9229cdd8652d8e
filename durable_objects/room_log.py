"""A room's history as functions over its own SQLite. Every write is one statement."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from schema import tell
from schema.wire import LoggedEvent

PAGE_BYTES = 1_000_000
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
        f" FROM (SELECT seq, event FROM ({bounded(which)}) ORDER BY seq)",
        *(seq, limit, PAGE_BYTES),
    )[0]
    if row["events"] is None:
        ascending = which.startswith("seq >")
        return Page("", has_before=ascending and newest > 0, has_after=not ascending and newest > 0)
    return Page(row["events"], has_before=row["first"] > 1, has_after=row["last"] < newest)


def bounded(which: str) -> str:
    """Entries in their order, as many as fit: SQLite joins at most 2 MB to one text."""
    order = which[which.index("ORDER BY") :]
    chosen = f"SELECT * FROM log WHERE {which} LIMIT ?"
    size = f"sum(length(CAST(event AS BLOB)) + 1) OVER ({order})"
    return (
        "SELECT seq, type, author_id, ref, event"
        f" FROM (SELECT *, {size} AS size FROM ({chosen})) WHERE size <= ?"
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
