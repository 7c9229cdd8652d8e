"""A room's history as functions over its own SQLite. Every write is one statement."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from schema import tell
from schema.refusals import Refused
from schema.wire import LoggedEvent, Message, MessagePosted

log = logging.getLogger("room_log")

PAGE_BYTES = 1_000_000
ENOUGH_CHARACTERS = 100_000
Make = Callable[..., LoggedEvent]
Stored = tuple[list[str], list[tuple[Any, str]]]
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


@dataclass(frozen=True)
class Entry:
    """Something that is to be logged; `make` takes the seq that it gets."""

    author_id: str
    ref: str
    make: Make


def create(sql: Sql) -> int:
    """Make the tables that are not there yet; the seq of the newest entry."""
    sql.run(TABLES)
    return head(sql)


def head(sql: Sql) -> int:
    """The seq of the newest entry, 0 in an empty room."""
    return int(sql.rows("SELECT coalesce(max(seq), 0) AS head FROM log")[0]["head"])


def append(sql: Sql, seq: int, author_id: str, ref: str, make: Make) -> str | None:
    """Store what happened as `seq`; its text. None when this author used this ref before."""
    happened = make(seq=seq)
    text = tell.event(happened)
    written = sql.run(
        "INSERT INTO log (seq, type, author_id, ref, event) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (author_id, ref) DO NOTHING",
        *(seq, happened.type, author_id, ref, text),
    )
    return text if written else None


def append_all(sql: Sql, newest: int, entries: Sequence[Entry]) -> list[str | None]:
    """Store what happened in its order after `newest`, by one statement; the texts. None where its
    author used the ref before, earlier among these too."""
    if len(entries) == 1:
        entry = entries[0]
        return [append(sql, newest + 1, entry.author_id, entry.ref, entry.make)]
    used = _used(sql, entries)
    texts: list[str | None] = []
    rows: list[tuple[int, str, str, str, str]] = []
    for entry in entries:
        if (entry.author_id, entry.ref) in used:
            texts.append(None)
            continue
        used.add((entry.author_id, entry.ref))
        happened = entry.make(seq=newest + len(rows) + 1)
        texts.append(tell.event(happened))
        rows.append((happened.seq, happened.type, entry.author_id, entry.ref, texts[-1] or ""))
    sql.run(
        "INSERT INTO log (seq, type, author_id, ref, event) SELECT value ->> 0, value ->> 1,"
        " value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
        json.dumps(rows, ensure_ascii=False),
    )
    return texts


def _used(sql: Sql, entries: Sequence[Entry]) -> set[tuple[str, str]]:
    """The authors and refs that the log has already."""
    asked = json.dumps([(entry.author_id, entry.ref) for entry in entries], ensure_ascii=False)
    found = sql.rows(
        "SELECT log.author_id, log.ref FROM json_each(?) JOIN log"
        " ON log.author_id = value ->> 0 AND log.ref = value ->> 1",
        asked,
    )
    return {(row["author_id"], row["ref"]) for row in found}


def knows(sql: Sql, author_id: str, ref: str) -> bool:
    """Whether this author used this ref before."""
    return bool(sql.rows("SELECT 1 FROM log WHERE author_id = ? AND ref = ?", author_id, ref))


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


@dataclass(frozen=True)
class Incoming:
    """A message that may be stored, and the socket that it came by."""

    seat: Any
    ref: str
    message: Message

    def entry(self) -> Entry:
        make = partial(MessagePosted, ref=self.ref, message=self.message)
        return Entry(self.message.author.id, self.ref, make)


class RoomPosts:
    """What was posted since the last frame, in the order in which it came.

    In a quiet room that is one message, stored at once. In a busy one many wait some milliseconds
    for the next frame and are stored by one statement just before it: nobody is told, and so
    nothing is acknowledged, before.
    """

    def __init__(self, sql: Sql):
        self._sql = sql
        self._waiting: list[Incoming] = []
        self._characters = 0

    def add(self, post: Incoming) -> None:
        self._waiting.append(post)
        self._characters += len(post.message.content)

    @property
    def are_enough(self) -> bool:
        """A statement takes no more than two megabytes: long posts do not wait for the frame."""
        return self._characters >= ENOUGH_CHARACTERS

    def __len__(self) -> int:
        return len(self._waiting)

    def store(self, newest: int) -> Stored:
        """Store them in order after `newest`: the new events, and answers for one socket each,
        who gets what was stored the first time, or a refusal where storing failed."""
        posts, self._waiting, self._characters = self._waiting, [], 0
        if not posts:
            return [], []
        try:
            texts = append_all(self._sql, newest, [post.entry() for post in posts])
        except Exception:
            log.exception("a room could not store %d messages", len(posts))
            broken = Refused("broken")
            return [], [(post.seat, tell.refused(broken, post.ref)) for post in posts]
        again = [post for post, text in zip(posts, texts, strict=True) if text is None]
        events = [text for text in texts if text is not None]
        return events, [(post.seat, self._first(post)) for post in again]

    def _first(self, post: Incoming) -> str:
        """What was stored the first time. To fail here must not undo what is stored by now."""
        try:
            return posted_before(self._sql, post.message.author.id, post.ref)
        except Exception:
            log.exception("a room could not find what it has stored")
            return tell.refused(Refused("broken"), post.ref)
