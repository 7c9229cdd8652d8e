"""A room switch as a browser makes it: the old socket goes, the new one resumes, a page comes."""

import time

from tests.load.crowd import Hall, Post, Receiver, without_collection
from tests.load.figures import curve, spread
from tests.load.processes import Meter
from tests.load.stage import Result, quiet
from tests.load.target import Plan, Target

ROOMS = 10
PAST = 300
MISSED = 10


async def switch(target: Target, mark: str, switches: int) -> Result:
    """One person goes from room to room; each had ten messages since they were last there."""
    await target.prepare(Plan(mark, 1, [[0]] * ROOMS))
    receivers = [Receiver(Hall(target, n, Post(mark)), n, 0) for n in range(ROOMS)]
    for number in range(ROOMS):
        await target.fill(number, PAST)
    heads = [(await receiver.enter()).head or 0 for receiver in receivers]
    for receiver in receivers:
        receiver.leave()
    await quiet(target.pid)
    with without_collection():
        meter, times = Meter(target.pid), []
        for number in range(switches):
            place = number % ROOMS
            times.append(await switched(receivers[place], heads[place]))
        used, share = sum(meter.server().values()), meter.generator_share()
    times.sort()
    cost = {"cpu_ms_per_switch": round(used * 1e3 / switches, 2)}
    return {
        "switches": switches,
        **spread(times),
        **cost,
        "generator_share": round(share, 3),
        "curve": curve(times),
    }


async def switched(receiver: Receiver, head: int) -> int:
    """Open a room; return the nanoseconds until what was missed is there."""
    began = time.perf_counter_ns()
    heard = await receiver.enter(after=head - MISSED)
    took = receiver.at_ns[-1] - began
    if not heard.resumed or len(heard.entries) != MISSED:
        raise SystemExit(f"A switch brought {len(heard.entries)} messages and not {MISSED}.")
    receiver.leave()
    return took
