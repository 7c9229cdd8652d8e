"""What D1 is asked on each hot path: how many statements, and none that walks through a table."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from records import messages, people, profiles, rooms, safety, sessions, socket_tickets, standings
from records.db import Statement, Value
from tests.unit.sqlite_db import SqliteDb


class Watched(SqliteDb):
    """Notes each statement before it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, tuple[Value, ...]]] = []

    async def rows(self, sql: str, *values: Value) -> list[dict[str, Any]]:
        self.asked.append((sql, values))
        return await super().rows(sql, *values)

    async def run(self, sql: str, *values: Value) -> int:
        self.asked.append((sql, values))
        return await super().run(sql, *values)

    async def batch(self, *statements: Statement) -> list[int]:
        self.asked += [(sql, tuple(values)) for sql, *values in statements]
        return await super().batch(*statements)

    async def plan(self, sql: str, values: tuple[Value, ...]) -> list[str]:
        """The steps of a statement, as SQLite plans them."""
        return [row["detail"] for row in await super().rows(f"EXPLAIN QUERY PLAN {sql}", *values)]


MESSAGE = {"id": "m", "room_id": "r", "user_id": "u", "content": "Hi", "message_type": "text"}
COPY = [MESSAGE | {"metadata": {"seq": 1}, "created_at": 1}]
HOT: dict[str, tuple[int, Callable[[Watched], Awaitable[Any]]]] = {
    "open a socket": (1, lambda db: standings.of_session(db, "c", "hash", "h", 1, "r")),
    "ask what somebody may": (1, lambda db: standings.of_person(db, "c", "u", "r")),
    "admit those anew who sit in a room": (
        1,
        lambda db: standings.of_people(db, "c", "r", ["u", "v"]),
    ),
    "know whose session it is": (1, lambda db: sessions.person(db, "hash", "h", 1)),
    "list where somebody is signed in": (1, lambda db: sessions.of_person(db, "u", 1)),
    "tear a ticket": (1, lambda db: socket_tickets.use(db, "t", "h", "r", 1)),
    "show faces": (1, lambda db: profiles.of_members(db, "c", "u", ["u", "v"])),
    "copy a batch of messages": (1, lambda db: messages.copy(db, json.dumps(COPY))),
    "list the side bar": (1, lambda db: rooms.seen_by(db, "c", "u")),
    "list a room's members": (1, lambda db: rooms.members(db, "c", "r")),
    "find somebody": (1, lambda db: people.by_id(db, "u")),
    "find where two people may meet": (1, lambda db: safety.rooms_of_all(db, ["u", "v"])),
    "leave a room": (1, lambda db: rooms.end_membership(db, "c", "r", "u", 1)),
}


async def walks(db: Watched) -> list[str]:
    """The steps that pass over all of a table of ours."""
    steps = [step for asked in db.asked for step in await db.plan(*asked)]
    return [step for step in steps if step.startswith("SCAN") and "json_each" not in step]


@pytest.mark.parametrize("work", HOT)
async def test_a_hot_path_asks_so_often_and_by_index(work: str) -> None:
    db = Watched()
    statements, ask = HOT[work]
    await ask(db)
    assert len(db.asked) == statements
    assert await walks(db) == []


async def test_a_walk_through_a_table_is_seen() -> None:
    db = Watched()
    await db.rows("SELECT * FROM people WHERE about = ?", "x")
    assert await walks(db) != []
