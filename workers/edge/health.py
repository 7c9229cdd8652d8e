"""Is this worker well? One round trip to each binding that it has, remembered for ten seconds."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Any

from edge import files, kv
from edge.clock import now_ms
from edge.d1 import D1
from schema.http import Check, WorkerHealth

FRESH_MS = 10_000
_last: dict[str, tuple[int, WorkerHealth]] = {}


async def health(worker: str, env: Any) -> WorkerHealth:
    """The answer of `GET /healthz`. KV takes one write a second for a key, hence the memory."""
    known = _last.get(worker)
    if known and known[1].status == "ok" and now_ms() - known[0] < FRESH_MS:
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
        return Check(ok=False, ms=_since(start), error=str(problem)[:200])
    return Check(ok=True, ms=_since(start))


def _since(start: float) -> float:
    return round((time.monotonic() - start) * 1000, 1)


async def _d1(env: Any) -> None:
    rows = await D1(env.DB).rows("SELECT max(version) AS version FROM schema_migrations")
    if not rows[0]["version"]:
        raise RuntimeError("no migration was applied")


async def _kv(env: Any, worker: str) -> None:
    mark = now_ms()
    await kv.write(env.KV, f"healthz:{worker}", mark, ttl_s=60)
    if await kv.read(env.KV, f"healthz:{worker}") is None:
        raise RuntimeError("KV lost a value")


async def _r2(env: Any, worker: str) -> None:
    mark = str(now_ms()).encode()
    await files.put(env.MEDIA, f"healthz/{worker}", mark)
    if await files.get(env.MEDIA, f"healthz/{worker}") is None:
        raise RuntimeError("R2 lost a file")
