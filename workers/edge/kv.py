"""KV for readers outside: never the truth, never at once, at most one write a second for a key."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import js

from edge.d1 import raw

SOON_S = 1.0
UNLESS_S = 3.0
BREATH_S = 0.02
BREATHS = 10
LONG_S = 5.0
RETRY_S = (1.0, 2.0, 5.0, 10.0, 30.0)
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


@dataclass
class Waiting:
    """A write that is due at a moment of the monotonic clock, which never jumps."""

    value: Value
    ttl_s: int
    unless: Unless | None
    due: float
    failures: int = 0


class Published:
    """Keys that follow something in memory, written a while after it changed.

    A write waits a second, so that what comes and goes costs nothing and no key is written more
    often; and a breath after the one before, ten times as long as that took, so that a crowd which
    comes back is not held up by its own presence. One with a condition waits for three: what others
    write is there by then.
    """

    def __init__(self, binding: Any):
        self._binding = binding
        self._waiting: dict[str, Waiting] = {}
        self._task: asyncio.Task[None] | None = None

    def put(self, key: str, value: Value, ttl_s: int, unless: Unless | None = None) -> None:
        """Write what `value` gives then; nothing if `unless` holds of what is there by then."""
        earlier = self._waiting.get(key)
        due = time.monotonic() + (UNLESS_S if unless else SOON_S)
        if earlier:
            due = min(due, earlier.due + (UNLESS_S if unless else 0))
        self._waiting[key] = Waiting(value, ttl_s, unless, due)
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        while self._waiting:
            key = min(self._waiting, key=lambda one: self._waiting[one].due)
            began = time.monotonic()
            wait_s = self._waiting[key].due - began
            if wait_s > 0:
                await asyncio.sleep(min(wait_s, SOON_S))  # what is due earlier may come meanwhile
                continue
            await self._write(key, self._waiting.pop(key))
            took = time.monotonic() - began
            await asyncio.sleep(min(max(BREATHS * took, BREATH_S), LONG_S))

    async def _write(self, key: str, wanted: Waiting) -> None:
        """What KV does not take is tried again, unless there is something newer by then."""
        try:
            if wanted.unless is None or not wanted.unless(await read(self._binding, key)):
                await write(self._binding, key, wanted.value(), wanted.ttl_s)
        except Exception as problem:
            log.warning("KV did not take %s: %s", key, problem)
            if wanted.failures < len(RETRY_S):
                due = time.monotonic() + RETRY_S[wanted.failures]
                again = replace(wanted, due=due, failures=wanted.failures + 1)
                self._waiting.setdefault(key, again)
