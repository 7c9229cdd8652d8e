"""Is this worker well? One round trip to each binding that it has, remembered for ten seconds.

Anybody may ask, so an answer names the kind of a fault only; the log tells all of it.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable
from typing import Any

from edge import files, kv
from edge.clock import new_id, now_ms
from edge.d1 import D1
from schema.http import Check, WorkerHealth

FRESH_MS = {"ok": 10_000, "failing": 2_000}
FILES = 16
log = logging.getLogger("health")
_last: dict[str, tuple[int, WorkerHealth]] = {}
_isolate: list[str] = []


def isolate() -> str:
    """A name for this isolate, made at the first request: a snapshot must not share it."""
    if not _isolate:
        _isolate.append(new_id())
    return _isolate[0]


async def health(worker: str, env: Any) -> WorkerHealth:
    """The answer of `GET /healthz`. KV and R2 take one write a second for a key, hence the memory
    and keys that isolates do not share."""
    known = _last.get(worker)
    if known and now_ms() - known[0] < FRESH_MS[known[1].status]:
        return known[1]
    names = ("d1", "kv", "r2")
    trips = (_d1(env), _kv(env, worker), _r2(env, worker))
    checks = dict(zip(names, await asyncio.gather(*[_timed(trip) for trip in trips]), strict=True))
    status = "ok" if all(check.ok for check in checks.values()) else "failing"
    found = WorkerHealth(status=status, worker=worker, version=env.VERSION, checks=checks)
    _last[worker] = (now_ms(), found)
    return found


async def _timed(trip: Awaitable[None]) -> Check:
    start = time.monotonic()
    try:
        await trip
    except Exception as problem:
        log.warning("a round trip failed", exc_info=problem)
        return Check(ok=False, ms=_since(start), error=type(problem).__name__)
    return Check(ok=True, ms=_since(start))


def _since(start: float) -> float:
    return round((time.monotonic() - start) * 1000, 1)


async def _d1(env: Any) -> None:
    rows = await D1(env.DB).rows("SELECT max(version) AS version FROM schema_migrations")
    if not rows[0]["version"]:
        raise RuntimeError("no migration was applied")


async def _kv(env: Any, worker: str) -> None:
    key = f"healthz:{worker}:{isolate()}"
    await kv.write(env.KV, key, now_ms(), ttl_s=60)
    if await kv.read(env.KV, key) is None:
        raise RuntimeError("KV lost a value")


async def _r2(env: Any, worker: str) -> None:
    # Files do not fade as keys do, so there are a few for all isolates.
    name = f"healthz/{worker}/{int(isolate()[-4:], 16) % FILES}"
    await files.put(env.MEDIA, name, str(now_ms()).encode())
    if await files.get(env.MEDIA, name) is None:
        raise RuntimeError("R2 lost a file")
