"""D1, KV, R2 and a room's own SQLite refuse, the disk is full, the model hangs. Each tells how much
it did."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.faults import truth
from tests.faults.plan import Strike
from tests.faults.stage import Stage

AI_HANGS_S = 10.0
FULL_AT_MOST_S = 15.0
NO_ROOM = "SQLITE_IOERR|SQLITE_FULL|disk is full|disk I/O error|EFBIG|ENOSPC|No space left"


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Nobody else writes to a SQLite file: `database is locked`."""
    with contextlib.closing(
        sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
    ) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            db.execute("ROLLBACK")


def binding(stage: Stage, name: str) -> Path:
    """The SQLite file of a local binding."""
    folder = stage.platform.state / "v3" / name
    [file] = [file for file in folder.glob("*/*.sqlite") if file.name != "metadata.sqlite"]
    return file


async def d1_refuses(stage: Stage, one: Strike) -> int:
    place = stage.platform.so_far()
    with locked(binding(stage, "d1")):
        await asyncio.sleep(one.lasts_s)
    return stage.said("D1 did not take a batch", place)


async def kv_refuses(stage: Stage, one: Strike) -> int:
    place = stage.platform.so_far()
    with locked(binding(stage, "kv")):
        stage.lines[one.whom].reset()  # somebody goes and comes, which KV should hear
        await asyncio.sleep(one.lasts_s)
    return stage.said("KV did not take", place)


async def r2_refuses(stage: Stage, one: Strike) -> int:
    """Only the health check writes there today; it must say so, and get well again."""
    refused, end = 0, time.monotonic() + one.lasts_s
    with locked(binding(stage, "r2")):
        while time.monotonic() < end:
            with contextlib.suppress(httpx.HTTPError):
                report = (await stage.house.asks("GET", "/healthz")).json()
                checks = [worker["checks"]["r2"]["ok"] for worker in report["workers"].values()]
                refused += checks.count(False)
            await asyncio.sleep(1)
    await stage.is_well()
    return refused


async def room_refuses(stage: Stage, one: Strike) -> int:
    place = stage.platform.so_far()
    room = stage.house.rooms[one.room]
    with locked(truth.object_file(stage.platform, room)):
        await asyncio.sleep(one.lasts_s)
    await stage.is_well()
    return stage.said("SQLITE_BUSY", place)


async def no_room(stage: Stage, one: Strike) -> int:
    """No file may grow past 16 kB: every write to a database or a value fails with EFBIG."""
    place = stage.platform.so_far()
    stage.platform.limit_files(16_384)
    await asyncio.sleep(one.lasts_s)
    stage.platform.limit_files(-1)
    await stage.is_well()
    return stage.said(NO_ROOM, place)


async def full_disk(stage: Stage, one: Strike) -> int:
    """Until a write failed: a database that grows into its own old pages may need no room."""
    place, start = stage.platform.so_far(), time.monotonic()
    filler = stage.platform.fill_disk()
    while (lasted := time.monotonic() - start) < FULL_AT_MOST_S:
        if lasted > one.lasts_s and stage.said(NO_ROOM, place):
            break
        stage.lines[one.whom].reset()  # somebody goes and comes: KV and the sessions hear of it
        await asyncio.sleep(0.5)
        stage.platform.fill_disk()
    filler.unlink(missing_ok=True)
    await stage.is_well()
    return stage.said(NO_ROOM, place)


async def ai_hangs(stage: Stage, one: Strike) -> int:
    """The model of this platform never answers; whoever asks gets the builtin summary in time."""
    start = time.monotonic()
    path = f"/api/rooms/{stage.house.rooms[one.room]}/catch-up"
    answer = await stage.house.asks("POST", path, json={})
    assert answer.status_code == 200 and answer.json()["provider"] == "builtin", answer.text
    return int(time.monotonic() - start > AI_HANGS_S)
