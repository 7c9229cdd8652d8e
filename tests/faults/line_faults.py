"""One client's line is bad for a while, and until something passed that suffered from it. Each
tells how much it did."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from tests.faults.network import Toll
from tests.faults.plan import Strike
from tests.faults.stage import Stage
from tests.place import eventually

BITES_WITHIN_S = 30.0


async def bites(stage: Stage, one: Strike, measure: Callable[[Toll], int], lasts_s: float) -> int:
    """Wait so long, and until it did something; the line is well again afterwards."""
    line = stage.lines[one.whom]
    before = measure(line.toll)
    await asyncio.sleep(lasts_s)
    with suppress(AssertionError):
        await eventually(lambda: measure(line.toll) > before, one.kind, BITES_WITHIN_S)
    line.heal()
    return measure(line.toll) - before


async def cut(stage: Stage, one: Strike) -> int:
    stage.lines[one.whom].cut_in_frame()
    return await bites(stage, one, lambda toll: toll.cut, 0.0)


async def delayed(stage: Stage, one: Strike) -> int:
    stage.lines[one.whom].delay_s = 0.7
    return await bites(stage, one, lambda toll: toll.delayed, one.lasts_s)


async def throttled(stage: Stage, one: Strike) -> int:
    stage.lines[one.whom].bytes_per_s = 2_000
    return await bites(stage, one, lambda toll: toll.delayed, one.lasts_s)


async def half_open(stage: Stage, one: Strike) -> int:
    stage.lines[one.whom].freeze()
    return await bites(stage, one, lambda toll: toll.withheld, one.lasts_s)
