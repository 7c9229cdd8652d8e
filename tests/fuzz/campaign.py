"""Frames by the thousand on a living room, with two people in it who see whether it lives.

A campaign goes in rounds, each with rooms of its own: so a log stays small, and the memory of
hypothesis too. Frames fall from a thread; the watchers sit in the event loop.
"""

import asyncio
import statistics
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisWarning

from tests.cast import World, a_world
from tests.fuzz.barrage import Barrage
from tests.fuzz.frames import Frame
from tests.fuzz.ground import Ground
from tests.fuzz.kin import BATCH, BATCHES, Kin
from tests.fuzz.ledger import Wrong
from tests.fuzz.watch import Watcher
from tests.platform import Platform

ROUND = 20_000
CALM_POSTS = 10
PAUSE_S = 0.5
GROSS_MS = 1_000.0


@dataclass
class Report:
    """What a campaign saw; times in milliseconds, of acknowledgements to the watchers."""

    cases: int = 0
    different: int = 0
    stored: int = 0
    floods: int = 0
    seconds: float = 0.0
    calm_ms: list[float] = field(default_factory=list)
    fire_ms: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        rate = self.cases / self.seconds if self.seconds else 0
        return (
            f"{self.cases:,} cases ({self.different:,} different) in {self.seconds:.1f} s, "
            f"{rate:,.0f} a second; {self.stored:,} messages stored, {self.floods} floods "
            f"shown out\n  acknowledged in calm: {spread(self.calm_ms)}\n"
            f"  acknowledged under fire: {spread(self.fire_ms)}"
        )


def spread(took: list[float]) -> str:
    """The middle of some times, and the longest."""
    if not took:
        return "nothing"
    return f"median {statistics.median(took):.1f} ms, longest {max(took):.1f} ms, of {len(took)}"


async def campaign(
    platform: Platform, cases: int, first_seed: int, told: Callable[[str], None] = lambda _: None
) -> Report:
    """So many cases or a few more, made from a seed. Raises Wrong with the frame that was answered
    wrongly."""
    report = Report()
    for number in count():
        if (left := cases - report.cases) <= 0:
            break
        async with a_world(platform) as world:
            # Some of what is drawn is shorter than a batch may be.
            wanted = min(ROUND, left + left // 5)
            await one_round(world, wanted, first_seed + number, report)
        told(f"round {number + 1}, seed {first_seed + number}: {report}")
    if statistics.median(report.fire_ms) > GROSS_MS:
        raise Wrong(f"The room is slow for the others under fire: {report}")
    return report


async def one_round(world: World, cases: int, with_seed: int, report: Report) -> None:
    """Calm first, then fire; and a look at the log when it is over."""
    people = [world.ada, world.ben, world.cleo]
    await asyncio.gather(*[person.signs_in() for person in [*people, world.finn]])
    barrage = Barrage(world.ada, world.finn, Ground(people), seed=with_seed)
    await asyncio.to_thread(barrage.take_ground)
    watchers = [Watcher(person, barrage.room) for person in people[1:]]
    for watcher in watchers:
        await watcher.opens()
    try:
        for _ in range(CALM_POSTS):
            report.calm_ms += await post_all(watchers)
        await under_fire(world, barrage, watchers, (cases, with_seed), report)
        await barrage.check_log(watchers[0].person)
    finally:
        report.different += len(barrage.different)
        report.cases += barrage.sent
        report.stored += sum(len(lane.ledger.mine) for lane in barrage.lanes)
        report.floods += sum(lane.floods for lane in barrage.lanes)
        barrage.close()
        for watcher in watchers:
            await watcher.ends()


async def post_all(watchers: list[Watcher]) -> list[float]:
    """Each of them posts; how long each of them waited."""
    await asyncio.gather(*[watcher.posts() for watcher in watchers])
    for watcher in watchers:
        watcher.check()
    return [watcher.took_ms[-1] for watcher in watchers]


async def under_fire(
    world: World,
    barrage: Barrage,
    watchers: list[Watcher],
    work: tuple[int, int],
    report: Report,
) -> None:
    """The watchers post until the last frame has fallen; the room's object is the same one."""
    before = (await world.vitals(barrage.room)).incarnation
    began = time.monotonic()
    fire = asyncio.create_task(asyncio.to_thread(open_fire, barrage, *work))
    try:
        while not fire.done():
            report.fire_ms += await post_all(watchers)
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(fire), PAUSE_S)
    finally:
        barrage.over = True
        await asyncio.wait([fire])
    report.seconds += time.monotonic() - began
    fire.result()
    report.fire_ms += await post_all(watchers)
    after = (await world.vitals(barrage.room)).incarnation
    if after != before:
        raise Wrong(f"The room's object did not live through it: {before}, then {after}")


def open_fire(barrage: Barrage, cases: int, with_seed: int) -> None:
    """Let batches fall until there were so many cases; hypothesis makes a wrong one small."""

    @seed(with_seed)
    @settings(
        max_examples=max(1, cases // BATCH),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(BATCHES)
    def falls(batch: list[Kin | Frame]) -> None:
        barrage.fall(batch)

    with warnings.catch_warnings():  # a failure is told in our words: see WrongFrame
        warnings.simplefilter("ignore", HypothesisWarning)
        falls()
