"""What a room holds in the end, from both sides: over HTTP, and from the files themselves."""

import contextlib
import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.platform import Platform

Row = dict[str, Any]


@dataclass(frozen=True)
class Truth:
    """One room in the end. `log` is what HTTP gives, `stored` what the object's own SQLite has.

    `here` had it open in the end and KV told `told`; when all had gone it told `told_empty`.
    """

    room: str
    log: list[Row]
    stored: list[Row]
    copied: list[Row]
    founders: set[str]
    members: set[str]
    here: list[str] = field(default_factory=list)
    told: list[str] | None = field(default_factory=list)
    told_empty: list[str] | None = field(default_factory=list)


def object_file(platform: Platform, room: str) -> Path:
    """The SQLite file of a room's object."""
    folder = platform.state / "v3" / "do" / "chat-worker-ChatRoom"
    for file in folder.glob("*.sqlite"):
        if file.name != "metadata.sqlite" and _room_of(file) == room:
            return file
    raise AssertionError(f"no object in {folder} says that it is {room}")


def stored(platform: Platform, room: str) -> list[Row]:
    """The log as the object's SQLite has it, with the seq of its row."""
    with _opened(object_file(platform, room)) as db:
        rows = db.execute("SELECT seq, event FROM log ORDER BY seq").fetchall()
    return [{**json.loads(event), "row": seq} for seq, event in rows]


def copied(platform: Platform, room: str) -> list[Row]:
    """The room's rows of D1 `chat_messages`, in the order of their seq."""
    sql = "SELECT * FROM chat_messages WHERE room_id = ? ORDER BY metadata ->> 'seq'"
    return [{**row, "metadata": json.loads(row["metadata"])} for row in platform.rows(sql, room)]


def members(platform: Platform, room: str) -> set[str]:
    sql = "SELECT user_id FROM chat_members WHERE room_id = ?"
    return {row["user_id"] for row in platform.rows(sql, room)}


def _opened(file: Path) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True))


def _room_of(file: Path) -> str | None:
    with _opened(file) as db, contextlib.suppress(sqlite3.OperationalError):
        found = db.execute("SELECT value FROM facts WHERE name = 'room_id'").fetchone()
        return str(found[0]) if found else None
    return None
