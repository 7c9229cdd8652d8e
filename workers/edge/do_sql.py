"""The SQLite of a Durable Object: synchronous, so nothing comes between reading and writing."""

import json
from typing import Any

import js
from pyodide.ffi import jsnull

from edge.d1 import raw
from schema.rpc import Spent


class ObjectSql:
    """The `Sql` of `durable_objects/room_log.py`, over `ctx.storage.sql`.

    With `counts` it adds up what it does: two looks over the border for each statement.
    """

    def __init__(self, ctx: Any):
        self._exec = raw(ctx.storage).sql.exec
        self.counts = False
        self.spent = Spent()

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        cursor = self._cursor(sql, values)
        found: list[dict[str, Any]] = json.loads(js.JSON.stringify(cursor.toArray()))
        self._count(cursor)
        return found

    def run(self, sql: str, *values: Any) -> int:
        """Rows written, those of indexes included; 0 means that nothing changed."""
        cursor = self._cursor(sql, values)
        self._count(cursor)
        return int(cursor.rowsWritten)

    def _cursor(self, sql: str, values: tuple[Any, ...]) -> Any:
        return self._exec(sql, *[jsnull if value is None else value for value in values])

    def _count(self, cursor: Any) -> None:
        if self.counts:
            self.spent.statements += 1
            self.spent.rows_read += int(cursor.rowsRead)
            self.spent.rows_written += int(cursor.rowsWritten)
