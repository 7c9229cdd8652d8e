"""All lines are cut at once, and everybody comes back within ten seconds while others talk on."""

import asyncio
import random
import time

from picows import WSError

from tests.load.crowd import Receiver
from tests.load.figures import curve, spread
from tests.load.stage import Result, Stage
from tests.load.talking import Size, talk
from tests.load.target import Target

WITHIN_S = 10.0
PATIENCE_S = 120.0
BEFORE = Size(people=0, per_s=10, seconds=2)
PER_S = 2.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.3, 15.0


async def thundering(target: Target, mark: str, size: Size) -> Result:
    """Return how long it took until everybody was back with everything that they had missed.

    Who is not back after two minutes is counted, and so long is what it took then.
    """
    stage = Stage(target, mark, size.members())
    await stage.open()
    await talk(stage, BEFORE)
    await stage.until_heard()
    with stage.measured():
        began = time.perf_counter_ns()
        for receiver in stage.receivers:
            receiver.cut()
        returns = await come_back(stage)
        stage.keep([receiver for receiver in stage.receivers if receiver.is_in()])
        await stage.until_heard()
    await stage.settle()
    took_s = max([one.greeted_ns() - began for one in stage.receivers], default=0) / 1e9
    recovered = {"recovered_s": round(PATIENCE_S if returns["not_back"] else took_s, 2)}
    result = stage.result() | returns | recovered
    await stage.close()
    return result


async def come_back(stage: Stage) -> Result:
    """Bring everybody back, each at a moment of chance; return how long each return took."""
    chance, end = random.Random(stage.plan.people), time.monotonic() + PATIENCE_S
    talking = asyncio.create_task(talk_on(stage, chance))
    delays = [chance.uniform(0, WITHIN_S) for _ in stage.receivers]
    pairs = zip(stage.receivers, delays, strict=True)
    tries = await asyncio.gather(*[returning(one, delay, end) for one, delay in pairs])
    talking.cancel()
    took = sorted(nanoseconds for nanoseconds, _ in tries if nanoseconds is not None)
    failed = sum(failures for _, failures in tries)
    counts = {"not_back": len(tries) - len(took), "failed_tries": failed}
    return counts | ({**spread(took), "curve": curve(took)} if took else {})


async def returning(receiver: Receiver, delay_s: float, end: float) -> tuple[int | None, int]:
    """Come back after a while; return the nanoseconds that it took, None for never, and how often
    it failed. Pauses grow as a browser's do."""
    await asyncio.sleep(delay_s)
    began, pause, failures = time.perf_counter_ns(), FIRST_PAUSE_S, 0
    while (left := end - time.monotonic()) > 0:
        try:
            async with asyncio.timeout(left):
                heard = await receiver.enter(after=receiver.newest())
        except (OSError, TimeoutError, WSError):
            receiver.cut()
            failures += 1
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)
            continue
        if not heard.resumed:
            raise SystemExit("Somebody came back and was not given what they had missed.")
        return time.perf_counter_ns() - began, failures
    return None, failures


async def talk_on(stage: Stage, chance: random.Random) -> None:
    """Post a little, through whoever is there."""
    while True:
        await asyncio.sleep(1 / PER_S)
        there = [receiver for receiver in stage.receivers if receiver.is_in()]
        if there:
            stage.post.send(chance.choice(there))
