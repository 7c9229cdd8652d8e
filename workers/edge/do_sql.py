"""The SQLite of a Durable Object: synchronous, so nothing comes between reading and writing."""

import json
from typing import Any

import js
from pyodide.ffi import jsnull

from edge.d1 import raw


class ObjectSql:
    """The `Sql` of `durable_objects/room_log.py`, over `ctx.storage.sql`."""

    def __init__(self, ctx: Any):
        self._exec = raw(ctx.storage).sql.exec

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return json.loads(js.JSON.stringify(self._cursor(sql, values).toArray()))

    def run(self, sql: str, *values: Any) -> int:
        """Rows written, those of indexes included; 0 means that nothing changed."""
        return int(self._cursor(sql, values).rowsWritten)

    def _cursor(self, sql: str, values: tuple[Any, ...]) -> Any:
        return self._exec(sql, *[jsnull if value is None else value for value in values])
