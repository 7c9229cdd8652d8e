"""The one storage protocol of the records: D1 in the workers, sqlite3 in the unit tests."""

from typing import Any, Protocol

Value = str | int | float | None
Statement = tuple[Any, ...]
"""An SQL text and its values."""


class Db(Protocol):
    async def rows(self, sql: str, *values: Value) -> list[dict[str, Any]]: ...

    async def run(self, sql: str, *values: Value) -> int:
        """Rows changed."""
        ...

    async def batch(self, *statements: Statement) -> list[int]:
        """All or nothing; rows changed by each."""
        ...


async def first(db: Db, sql: str, *values: Value) -> dict[str, Any] | None:
    rows = await db.rows(sql, *values)
    return rows[0] if rows else None
