"""The records' `Db` and the room's `Sql` over sqlite3: real SQL, no platform."""

import sqlite3
from pathlib import Path
from typing import Any

from records.db import Statement, Value

MIGRATIONS = sorted((Path(__file__).parents[2] / "schema" / "migrations").glob("*.sql"))


def connection() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:")
    opened.row_factory = sqlite3.Row
    return opened


class SqliteDb:
    """`Db` with all migrations applied."""

    def __init__(self) -> None:
        self.sqlite = connection()
        for migration in MIGRATIONS:
            self.sqlite.executescript(migration.read_text(encoding="utf-8"))
        self.sqlite.execute("PRAGMA foreign_keys = ON")

    async def rows(self, sql: str, *values: Value) -> list[dict[str, Any]]:
        return [dict(row) for row in self.sqlite.execute(sql, values)]

    async def run(self, sql: str, *values: Value) -> int:
        return self.sqlite.execute(sql, values).rowcount

    async def batch(self, *statements: Statement) -> list[int]:
        with self.sqlite:
            return [self.sqlite.execute(sql, values).rowcount for sql, *values in statements]


class SqliteSql:
    """`Sql` of a room: `run` takes many statements when there are no values, as the object does."""

    def __init__(self) -> None:
        self.sqlite = connection()

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self.sqlite.execute(sql, values)]

    def run(self, sql: str, *values: Any) -> int:
        if not values:
            self.sqlite.executescript(sql)
            return 0
        return self.sqlite.execute(sql, values).rowcount
