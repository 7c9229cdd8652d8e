"""One round on one server: people in rooms, their sockets open, and the accounts drawn up."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.load.crowd import Hall, Post, Receiver, enter_all, without_collection
from tests.load.figures import curve, spread
from tests.load.ledger import Account, account
from tests.load.processes import ROLES, Meter, cpu_seconds, memory_kb
from tests.load.target import Plan, Target

PATIENCE_S = 60.0
LOOK_S = 0.25
QUIET_CPU_S = 0.02
WEIGHTY = 500  # with fewer sockets the heap's own ups and downs outweigh them
BUCKET_NS = 20_000_000
Result = dict[str, Any]


class Stage:
    """The halls and receivers of a round; `members` lists each room's people by number."""

    def __init__(self, target: Target, mark: str, members: list[list[int]], weighs: bool = False):
        self.target = target
        self.plan = Plan(mark, 1 + max(max(room) for room in members), members)
        self.post = Post(mark)
        self.halls = [Hall(target, number, self.post) for number in range(len(members))]
        seats = [(hall, person) for hall in self.halls for person in members[hall.number]]
        self.receivers = [Receiver(hall, n, person) for n, (hall, person) in enumerate(seats)]
        self.in_room = [[r for r in self.receivers if r.hall is hall] for hall in self.halls]
        self.weighs = weighs and len(self.receivers) >= WEIGHTY
        self.memory: dict[str, float] = {}
        self.memory_curve: list[tuple[int, float]] = [(0, 0.0)]
        self.cost: Result = {}

    async def open(self) -> None:
        """Prepare people and rooms, open every socket, and weigh what that took."""
        await self.target.prepare(self.plan)
        await self.warm_up()
        before = memory_kb(self.target.pid)
        for part in parts(self.receivers):
            await enter_all(part)
            self.weigh(before)
        await quiet(self.target.pid)
        after = memory_kb(self.target.pid)
        for kind in ("runtime", "proxy"):
            self.memory[kind] = (after[kind] - before[kind]) / len(self.receivers)

    async def warm_up(self) -> None:
        """Where memory is weighed, have a few come and go: what the first ones take is apart."""
        if self.weighs:
            few = self.receivers[: len(self.receivers) // 20]
            await enter_all(few)
            for receiver in few:
                receiver.cut()
        await quiet(self.target.pid)

    def weigh(self, before: dict[str, int]) -> None:
        """Note what the sockets that are open so far take, in MB."""
        if not self.weighs:
            return
        now = memory_kb(self.target.pid)
        more = sum(now[kind] - before[kind] for kind in ("runtime", "proxy"))
        opened = sum(receiver.open for receiver in self.receivers)
        self.memory_curve.append((opened, round(more / 1024, 1)))

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Count CPU while the block runs, our own share of it too."""
        with without_collection():
            meter = Meter(self.target.pid)
            yield
            self.cost["generator_share"] = round(meter.generator_share(), 3)
        self._meter = meter

    def keep(self, receivers: list[Receiver]) -> None:
        """Go on with these alone: nothing is due at the others any more."""
        self.receivers = receivers
        self.in_room = [[r for r in receivers if r.hall is hall] for hall in self.halls]

    def heard(self) -> int:
        """Return how many messages arrived, doubles counted."""
        return sum(receiver.heard for receiver in self.receivers)

    def due(self) -> int:
        """Return how many should have."""
        sizes = [len(receivers) for receivers in self.in_room]
        return sum(sizes[message.room] for message in self.post.sent)

    async def until_heard(self) -> None:
        """Wait until everything has arrived, or for so long that it never will."""
        due = self.due()
        await eventually(lambda: self.heard() >= due, PATIENCE_S)

    async def settle(self) -> None:
        """Wait until the server has done what it does afterwards, and take its bill."""
        await quiet(self.target.pid)
        self.cost["cpu_s"] = self._meter.server()

    async def close(self) -> None:
        """Cut every line, and wait until the server has noticed."""
        for receiver in self.receivers:
            receiver.cut()
        await quiet(self.target.pid)

    def result(self) -> Result:
        """Return the figures of the round."""
        found = account(self.post.sent, [receiver.sight() for receiver in self.receivers])
        return figures(self, found)


def figures(stage: Stage, found: Account) -> Result:
    """Return what a round says, by name; the unit stands in the name."""
    result: Result = {
        "connections": len(stage.receivers),
        "rooms": len(stage.halls),
        "sent": len(stage.post.sent),
        "expected": found.expected,
        "deliveries": found.deliveries,
        "lost": found.lost,
        "doubled": found.doubled,
        "disordered": found.disordered,
        "unknown": found.unknown,
        "refused": len(stage.post.refused),
        "generator_share": stage.cost["generator_share"],
    }
    if stage.weighs:
        result["kb_per_connection"] = round(sum(stage.memory.values()), 2)
        result["kb_per_connection_runtime"] = round(stage.memory["runtime"], 2)
        result["kb_per_connection_proxy"] = round(stage.memory["proxy"], 2)
        result["memory_curve"] = stage.memory_curve
    if not found.deliveries:
        return result
    began = min(message.at_ns for message in stage.post.sent)
    seconds = (found.arrivals_ns[-1] - began) / 1e9
    result |= {"seconds": round(seconds, 3), **spread(found.latencies_ns)}
    result["deliveries_per_s"] = round(found.deliveries / seconds, 1)
    used = stage.cost["cpu_s"]
    per = {kind: used[kind] * 1e6 / found.deliveries for kind in ROLES}
    result["cpu_us_per_delivery"] = round(sum(per.values()), 2)
    result |= {f"cpu_us_{kind}": round(per[kind], 2) for kind in ROLES}
    result["curve"] = curve(found.latencies_ns)
    result["timeline"] = timeline(found.arrivals_ns, began)
    return result


def timeline(arrivals_ns: list[int], began_ns: int) -> list[int]:
    """Return how many deliveries there were in each 20 ms, of the first four seconds."""
    counts = [0] * 200
    for at_ns in arrivals_ns:
        bucket = (at_ns - began_ns) // BUCKET_NS
        if bucket >= len(counts):
            break
        counts[bucket] += 1
    while counts and counts[-1] == 0:
        counts.pop()
    return counts


def parts(receivers: list[Receiver]) -> Iterator[list[Receiver]]:
    """Yield the receivers in ten parts, or one by one."""
    size = max(1, -(-len(receivers) // 10))
    yield from (receivers[begin : begin + size] for begin in range(0, len(receivers), size))


async def eventually(fact: Callable[[], bool], patience_s: float, look_s: float = 0.01) -> bool:
    """Look again and again until something is so; say whether it came to be."""
    end = time.monotonic() + patience_s
    while not fact():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(look_s)
    return True


async def quiet(pid: int, patience_s: float = 8.0) -> None:
    """Wait until a server has had nothing to do for half a second."""
    calm, end = 0, time.monotonic() + patience_s
    before = sum(cpu_seconds(pid).values())
    while calm < 2 and time.monotonic() < end:
        await asyncio.sleep(LOOK_S)
        now = sum(cpu_seconds(pid).values())
        calm = calm + 1 if now - before <= QUIET_CPU_S else 0
        before = now
