"""One history: people and faults by the plan, then calm, then the truth, then the verdict."""

import asyncio
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import house, truth
from tests.faults.checker import QUIET, check, told_to_nobody
from tests.faults.client import Client
from tests.faults.history import Answered, Asked, Closed, History, Struck, now, only
from tests.faults.house import sign_in
from tests.faults.network import Line
from tests.faults.plan import PEOPLE, ROOMS, Plan, Strike
from tests.faults.platform import FaultyPlatform, surprises
from tests.faults.stage import Stage
from tests.faults.striking import strike
from tests.faults.views import Broken
from tests.place import eventually

QUIET_S = 60.0
SETTLE_S = 90.0
KV_S = 12.0


@dataclass
class Verdict:
    """What one history was, and whether every promise was kept."""

    seed: int
    file: Path
    seconds: float = 0.0
    operations: int = 0
    acknowledged: int = 0
    refused: int = 0
    unknown: int = 0
    sockets: int = 0
    told_to_nobody: int = 0
    times: Counter[str] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)

    @property
    def toothless(self) -> list[str]:
        """Faults that happened and did nothing."""
        return sorted(kind for kind in self.times if not self.effects[kind])


async def play(platform: FaultyPlatform, plan: Plan, file: Path, seconds: float) -> Verdict:
    """Play a plan on a running platform, for at least so many seconds."""
    start = time.monotonic()
    verdict = Verdict(plan.seed, file)
    stage = await _stage(platform, file)
    people = [
        asyncio.create_task(c.live(a)) for c, a in zip(stage.clients, plan.people, strict=True)
    ]
    network = asyncio.create_task(_soft(stage, plan, verdict))
    try:
        await _hard(stage, plan, verdict)
        await asyncio.sleep(max(0.0, seconds - (time.monotonic() - start)))
        await _stop(network)
        await _settle(stage, people)
        verdict.effects["doubled"] = sum(client.doubles for client in stage.clients)
        if plan.doubles:
            verdict.times["doubled"] = verdict.effects["doubled"]
        truths = await _truths(stage)
        verdict.broken = _judged(stage, truths)
        verdict.told_to_nobody = told_to_nobody(stage.history.entries, truths)
    finally:
        await _stop(network, *people)
        await _leave(stage)
    _count(verdict, stage.history)
    verdict.seconds = time.monotonic() - start
    return verdict


async def _stage(platform: FaultyPlatform, file: Path) -> Stage:
    begins, place = platform.so_far(), await house.found(platform, ROOMS, PEOPLE)
    history, lines = History(file), [Line(platform.port) for _ in place.people]
    clients = []
    for person, line in zip(place.people, lines, strict=True):
        await line.start()
        client = Client(person, place, line, history)
        client.ear.cookie = await sign_in(place, person)
        clients.append(client)
    for client, room in zip(clients, place.rooms, strict=False):  # each room then knows its name
        assert await client.comes_back(room), f"{room} does not open"
    return Stage(platform, place, lines, clients, history, begins)


async def _hard(stage: Stage, plan: Plan, verdict: Verdict) -> None:
    for group in plan.hard:
        effects = await asyncio.gather(*[strike(stage, one) for one in group])
        for one, effect in zip(group, effects, strict=True):
            _tally(verdict, one, effect)


async def _soft(stage: Stage, plan: Plan, verdict: Verdict) -> None:
    for one in plan.soft:
        _tally(verdict, one, await strike(stage, one))


def _tally(verdict: Verdict, one: Strike, effect: int) -> None:
    verdict.times[one.kind] += 1
    verdict.effects[one.kind] += effect


async def _stop(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


async def _settle(stage: Stage, people: list[asyncio.Task[None]]) -> None:
    """All is well: everybody finishes what they began, and every room was opened once more."""
    for line in stage.lines:
        line.heal()
    for client in stage.clients:
        client.ended.set()
    async with asyncio.timeout(SETTLE_S):
        await asyncio.gather(*people)
        await stage.is_well()
    last = stage.clients[0]
    for room in [*stage.house.rooms, stage.house.rooms[0]]:
        assert await last.comes_back(room), f"{room} does not open any more"
    for client in stage.clients:
        assert await client.comes_back(client.ear.room), f"{client.ear.room} does not open any more"


async def _truths(stage: Stage) -> list[truth.Truth]:
    """What each room holds, once D1 and KV had the time to follow."""
    rooms, platform = stage.house.rooms, stage.platform
    for room in rooms:
        await _copied(stage, room)
    here = {r: sorted(c.person for c in stage.clients if c.ear.room == r) for r in rooms}
    told = {room: await _tells(platform, room, here[room]) for room in rooms}
    stage.history.note(Struck(now(), QUIET, "begins"))
    for client in stage.clients:
        await client.ear.hang_up()
    empty = {room: await _tells(platform, room, []) for room in rooms}
    return [
        truth.Truth(
            room=room,
            log=await stage.house.log(room),
            stored=truth.stored(platform, room),
            copied=truth.copied(platform, room),
            founders=stage.house.founders,
            members=truth.members(platform, room),
            here=here[room],
            told=told[room],
            told_empty=empty[room],
        )
        for room in rooms
    ]


async def _copied(stage: Stage, room: str) -> None:
    """Wait for D1; whether it came is the checker's to say."""
    end = time.monotonic() + QUIET_S
    while time.monotonic() < end:
        vitals = await stage.house.vitals(room)
        if vitals.copied_seq == vitals.head_seq:
            return
        await asyncio.sleep(0.3)


async def _tells(platform: FaultyPlatform, room: str, wanted: list[str]) -> list[str] | None:
    """What KV says of who is in a room, as soon as it is right or after a while."""
    with suppress(AssertionError):
        await eventually(lambda: platform.kv(f"chat:room:{room}:online") == wanted, "KV", KV_S)
    found = platform.kv(f"chat:room:{room}:online")
    return None if found is None else list(found)


def _judged(stage: Stage, truths: list[truth.Truth]) -> list[Broken]:
    found = check(stage.history.entries, truths)
    surprising = Counter(surprises(stage.platform.words(stage.place)))
    return found + [
        Broken("a worker broke", "the log", f"{words} ({times} times)")
        for words, times in surprising.items()
    ]


async def _leave(stage: Stage) -> None:
    for client in stage.clients:
        await client.goes()
    for line in stage.lines:
        await line.stop()
    await stage.house.leave()
    stage.history.close()


def _count(verdict: Verdict, history: History) -> None:
    verdict.operations = sum(1 for _ in only(Asked, history.entries))
    verdict.sockets = sum(1 for _ in only(Closed, history.entries))
    outcomes = Counter(answer.outcome for answer in only(Answered, history.entries))
    verdict.acknowledged = outcomes["ok"]
    verdict.refused, verdict.unknown = outcomes["refused"], outcomes["unknown"]
