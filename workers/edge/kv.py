"""KV for readers outside: never the truth, never at once, at most one write a second for a key."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import JsException

from edge.clock import now_ms
from edge.d1 import raw

SOON_MS = 1_000
UNLESS_MS = 3_000
BREATH_MS = 20
log = logging.getLogger("kv")


async def read(binding: Any, key: str) -> Any | None:
    """The JSON value of a key, or None."""
    text = await raw(binding).get(key)
    return json.loads(text) if isinstance(text, str) else None


async def write(binding: Any, key: str, value: Any, ttl_s: int | None = None) -> None:
    options = js.Object.fromEntries([["expirationTtl", ttl_s]] if ttl_s else [])
    await raw(binding).put(key, json.dumps(value), options)


Value = Callable[[], Any]
Unless = Callable[[Any], bool]


class Published:
    """Keys that follow something in memory, written a while after it changed.

    A write waits a second, so that what comes and goes costs nothing and no key is written more
    often; and a breath after the one before, so that a crowd which comes back is not held up by
    its own presence. One with a condition waits for three: what others write is there by then.
    """

    def __init__(self, binding: Any):
        self._binding = binding
        self._waiting: dict[str, tuple[Value, int, Unless | None]] = {}
        self._due: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def put(self, key: str, value: Value, ttl_s: int, unless: Unless | None = None) -> None:
        """Write what `value` gives then; nothing if `unless` holds of what is there by then."""
        self._waiting[key] = (value, ttl_s, unless)
        if unless:
            self._due[key] = now_ms() + UNLESS_MS
        else:
            self._due.setdefault(key, now_ms() + SOON_MS)
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        while self._waiting:
            key = min(self._waiting, key=self._due.__getitem__)
            wait_ms = self._due[key] - now_ms()
            if wait_ms <= 0:
                await self._write(key)
            await asyncio.sleep(min(max(wait_ms, BREATH_MS), SOON_MS) / 1000)

    async def _write(self, key: str) -> None:
        value, ttl_s, unless = self._waiting.pop(key)
        self._due.pop(key)
        try:
            if unless is None or not unless(await read(self._binding, key)):
                await write(self._binding, key, value(), ttl_s)
        except JsException as problem:
            log.warning("KV did not take %s: %s", key, problem)
