"""The runtime dies, restarts, reloads, and its clock is wrong. Each tells how much it did."""

import asyncio
import os
import time
from contextlib import suppress

from run.steps import ROOT
from tests.faults.checker import KILLED
from tests.faults.history import Heard, Struck, now, only
from tests.faults.plan import Strike
from tests.faults.stage import WELL_WITHIN_S, Stage
from tests.place import eventually

BUSY = 4
AN_HOUR_MS = 3_600_000
TOUCHED = ROOT / "workers" / "chat" / "entry.py"


async def kill(stage: Stage, one: Strike) -> int:
    """At a moment when several messages are on their way, if there is one soon."""
    with suppress(AssertionError):
        await eventually(lambda: sum(c.in_flight for c in stage.clients) >= BUSY, "busy", 2.0)
    since = now()
    stage.history.note(Struck(since, KILLED, "begins"))
    async with stage.platform.killed():
        pass
    await stage.is_well()
    return stage.lost(since)


async def restart(stage: Stage, one: Strike) -> int:
    since = now()
    await asyncio.to_thread(stage.platform.stop)
    await asyncio.to_thread(stage.platform.start)
    await stage.is_well()
    return stage.lost(since)


async def reload(stage: Stage, one: Strike) -> int:
    """wrangler's own restart of a worker whose source was touched."""
    since, before = now(), set(stage.platform.workerds())
    os.utime(TOUCHED)
    end = time.monotonic() + WELL_WITHIN_S
    while not set(stage.platform.workerds()) - before:
        assert time.monotonic() < end, "the worker was not reloaded"
        await asyncio.sleep(0.1)
    await stage.is_well()
    return stage.lost(since)


async def clock(stage: Stage, one: Strike) -> int:
    since = now()
    for offset in (AN_HOUR_MS, -AN_HOUR_MS, 0):
        answer = await stage.house.asks("POST", "/api/local/clock", json={"offset_ms": offset})
        answer.raise_for_status()
        await asyncio.sleep(one.lasts_s if offset else 0)
    return len(
        {
            heard.event["message"]["id"]
            for heard in only(Heard, stage.history.entries)
            if heard.at >= since and heard.event["type"] == "message_posted"
            if abs(heard.event["message"]["created_at"] / 1000 - heard.at) > AN_HOUR_MS / 2000
        }
    )
