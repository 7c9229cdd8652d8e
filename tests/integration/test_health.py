"""`GET /healthz`: all four workers, each with a round trip to D1, KV and R2."""

import contextlib
import sqlite3

from schema.http import PlatformHealth
from tests.cast import World
from wrangler.local import WORKERS, read


async def test_all_four_workers_are_well_with_version_and_round_trips(world: World) -> None:
    answer = await world.here.asks("GET", "/healthz")
    assert answer.status_code == 200, answer.text
    health = PlatformHealth.model_validate(answer.json())
    assert health.status == "ok"
    assert sorted(health.workers) == sorted(WORKERS)
    for name, worker in health.workers.items():
        assert (worker.worker, worker.status) == (name, "ok")
        assert worker.version == health.version == read(name)["vars"]["VERSION"]
        assert sorted(worker.checks) == ["d1", "kv", "r2"]
        assert all(check.ok and check.error is None for check in worker.checks.values())


async def test_health_asks_nobody_who_they_are_and_needs_no_community(world: World) -> None:
    host = {"host": f"nowhere.{world.here.host}"}
    assert (await world.here.asks("GET", "/healthz", headers=host)).status_code == 200


async def test_each_worker_left_its_mark_in_kv(world: World) -> None:
    assert (await world.here.asks("GET", "/healthz")).status_code == 200
    [file] = [
        file
        for file in (world.platform.state / "v3/kv/miniflare-KVNamespaceObject").glob("*.sqlite")
        if file.name != "metadata.sqlite"
    ]
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        keys = [key for (key,) in db.execute("SELECT key FROM _mf_entries")]
    for name in WORKERS:
        marks = [key for key in keys if key.startswith(f"healthz:{name}:")]
        assert marks and all(isinstance(world.platform.kv(key), int) for key in marks), name
