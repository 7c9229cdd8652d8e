"""Two minutes of random histories while everything breaks; `npm run faults` goes on for longer."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.plan import FAULTS, plan
from tests.faults.platform import FaultyPlatform
from tests.faults.playing import play

SECONDS = 60.0


@pytest.fixture
def faulty_platform(tmp_path: Path) -> Iterator[FaultyPlatform]:
    platform = FaultyPlatform(tmp_path)
    try:
        platform.start()
        yield platform
    finally:
        platform.end()


async def test_every_promise_is_kept_while_everything_breaks(
    faulty_platform: FaultyPlatform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("VEGVISR_SEED") or secrets.randbelow(1_000_000))
    kinds = [kind for kind in FAULTS if kind != "full_disk" or faulty_platform.no_disk is None]
    with capsys.disabled():
        print(f"\n  faults: VEGVISR_SEED={seed}", end="")
        if faulty_platform.no_disk:
            print(f"; NO FULL DISK here: {faulty_platform.no_disk}; files that may not grow "
                  "stand in", end="")  # fmt: skip
    verdict = await play(
        faulty_platform, plan(seed, kinds, kills=1), tmp_path / "history.jsonl", SECONDS
    )
    told = f"VEGVISR_SEED={seed}, history: {verdict.file}"
    assert not verdict.broken, "\n".join([told, *map(str, verdict.broken[:10])])
    assert not verdict.toothless, f"{told}: without any effect: {verdict.toothless}"
