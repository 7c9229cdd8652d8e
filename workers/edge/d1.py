"""D1 as the records want it: rows as dicts, one crossing into JavaScript for the answer."""

import json
from typing import Any

import js
from pyodide.ffi import JsProxy, jsnull, to_js

from records.db import Statement, Value


def raw(binding: Any) -> Any:
    """The JavaScript object inside the SDK's wrapper, which would convert each step of a chain.

    A raw stub stays as it is: it would answer to any attribute, `_binding` too.
    """
    return binding if isinstance(binding, JsProxy) else binding._binding


class D1:
    """The `Db` of the records, over a D1 binding."""

    def __init__(self, binding: Any):
        self._d1 = raw(binding)

    async def rows(self, sql: str, *values: Value) -> list[dict[str, Any]]:
        answer = await self._prepared(sql, values).all()
        found: list[dict[str, Any]] = json.loads(js.JSON.stringify(answer.results))
        return found

    async def run(self, sql: str, *values: Value) -> int:
        """Rows changed."""
        answer = await self._prepared(sql, values).run()
        return int(answer.meta.changes)

    async def batch(self, *statements: Statement) -> list[int]:
        """All or nothing, in one transaction; rows changed by each."""
        prepared = [self._prepared(sql, values) for sql, *values in statements]
        answers = await self._d1.batch(to_js(prepared))
        return [int(answer.meta.changes) for answer in answers]

    def _prepared(self, sql: str, values: Any) -> Any:
        statement = self._d1.prepare(sql)
        if not values:
            return statement
        return statement.bind(*[jsnull if value is None else value for value in values])
