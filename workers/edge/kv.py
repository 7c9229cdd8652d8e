"""KV for readers outside: never the truth, and at most one write a second for a key."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import JsException

from edge.clock import now_ms
from edge.d1 import raw

A_SECOND = 1_000
log = logging.getLogger("kv")


async def read(binding: Any, key: str) -> Any | None:
    """The JSON value of a key, or None."""
    text = await raw(binding).get(key)
    return json.loads(text) if isinstance(text, str) else None


async def write(binding: Any, key: str, value: Any, ttl_s: int | None = None) -> None:
    options = js.Object.fromEntries([["expirationTtl", ttl_s]] if ttl_s else [])
    await raw(binding).put(key, json.dumps(value), options)


Unless = Callable[[Any], bool]


class Published:
    """Keys that follow a value in memory: the newest wins, at most once a second for a key."""

    def __init__(self, binding: Any):
        self._binding = binding
        self._waiting: dict[str, tuple[Any, int, Unless | None]] = {}
        self._last: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def put(self, key: str, value: Any, ttl_s: int, unless: Unless | None = None) -> None:
        """Write soon; not at all when `unless` holds of what is there by then."""
        self._waiting[key] = (value, ttl_s, unless)
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        while self._waiting:
            key = min(self._waiting, key=lambda k: self._last.get(k, 0))
            wait = self._last.get(key, 0) + A_SECOND - now_ms()
            if wait > 0:
                await asyncio.sleep(wait / 1000)
            self._last[key] = now_ms()
            value, ttl_s, unless = self._waiting.pop(key)
            try:
                if unless is None or not unless(await read(self._binding, key)):
                    await write(self._binding, key, value, ttl_s)
            except JsException as problem:
                log.warning("KV did not take %s: %s", key, problem)
