"""What people really do: for each message that is posted, so much of everything else."""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.load.crowd import Hall, Post, Receiver, without_collection
from tests.load.figures import spread
from tests.load.ledger import breaks
from tests.load.processes import Meter
from tests.load.stage import PATIENCE_S, Result, eventually, quiet
from tests.load.talking import Size
from tests.load.target import Plan, Target

PER_MESSAGE = {"post": 1.0, "switch": 6.5, "scroll": 2.0, "unread": 1.0, "reconnect": 0.14}
LATER = ("drafts 1", "thread reads 0.3", "reactions 0.13", "edits 0.04", "searches 0.02")
PAST = 300


@dataclass
class Visitor:
    """Somebody who does one thing at a time, with one room open. They know each room they saw."""

    person: int
    rooms: list[Receiver]
    here: Receiver
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


class Mix:
    """A round: the visitors, the times of what they do, and a die that always falls the same."""

    def __init__(self, target: Target, mark: str, people: int, rooms: int):
        self.target = target
        self.plan = Plan(mark, people, [list(range(people))] * rooms)
        self.post = Post(mark)
        self.halls = [Hall(target, number, self.post) for number in range(rooms)]
        self.chance = random.Random(rooms)
        self.times: defaultdict[str, list[int]] = defaultdict(list)
        self.unanswered: Counter[str] = Counter()
        self.visitors = [self.visitor(person) for person in range(people)]
        self.acts: dict[str, Callable[[Visitor], Awaitable[None]]] = {
            "post": self.posts,
            "switch": self.switches,
            "scroll": self.scrolls,
            "unread": self.checks,
            "reconnect": self.reconnects,
        }

    def visitor(self, person: int) -> Visitor:
        """Return somebody with their first room."""
        count = len(self.halls)
        rooms = [Receiver(hall, person * count + hall.number, person) for hall in self.halls]
        return Visitor(person, rooms, rooms[person % count])

    async def open(self) -> None:
        """Give every room a past, and everybody their first room."""
        await self.target.prepare(self.plan)
        for hall in self.halls:
            await self.target.fill(hall.number, PAST)
        for visitor in self.visitors:
            await visitor.here.enter()
        await quiet(self.target.pid)

    async def act(self, what: str) -> None:
        """Have somebody who is free do something, and note how long it took."""
        free = [one for one in self.visitors if not one.busy.locked()] or self.visitors
        visitor = self.chance.choice(free)
        async with visitor.busy:
            began = time.perf_counter_ns()
            try:
                await asyncio.wait_for(self.acts[what](visitor), PATIENCE_S)
            except TimeoutError:
                self.unanswered[what] += 1
                return
            self.times[what].append(time.perf_counter_ns() - began)

    async def posts(self, visitor: Visitor) -> None:
        """Post, and wait for the acknowledgement."""
        heard = asyncio.get_running_loop().create_future()
        visitor.here.on_own = lambda _: None if heard.done() else heard.set_result(None)
        self.post.send(visitor.here)
        await heard

    async def switches(self, visitor: Visitor) -> None:
        """Go to another room: the first time for its latest page, later for what was missed."""
        others = [room for room in visitor.rooms if room is not visitor.here]
        visitor.here.leave()
        visitor.here = self.chance.choice(others)
        await self.enters(visitor.here)

    async def reconnects(self, visitor: Visitor) -> None:
        """Lose the line and come back to the same room."""
        visitor.here.cut()
        await self.enters(visitor.here)

    async def enters(self, room: Receiver) -> None:
        """Open a room, with `after` where it was seen before."""
        await room.enter(None if room.base is None else room.newest())

    async def scrolls(self, visitor: Visitor) -> None:
        """Read one page back."""
        before = self.chance.randint(51, PAST)
        await self.post.ask(visitor.here, before)

    async def checks(self, visitor: Visitor) -> None:
        """See what is new elsewhere."""
        await self.target.check_unread(visitor.person)

    def seen(self) -> list[Receiver]:
        """Return every room of everybody that was ever open."""
        return [room for one in self.visitors for room in one.rooms if room.base is not None]

    async def everyone_catches_up(self) -> None:
        """Wait until all that are in a room have its newest entry."""

        def caught_up() -> bool:
            heads, here = self.heads(), [one.here for one in self.visitors]
            return all(room.newest() == heads[room.hall.number] for room in here)

        await eventually(caught_up, PATIENCE_S, look_s=0.1)

    def heads(self) -> list[int]:
        """Return the newest seq of each room that anybody saw."""
        found = [0] * len(self.halls)
        for room in self.seen():
            found[room.hall.number] = max(found[room.hall.number], room.newest())
        return found


async def mix(target: Target, mark: str, size: Size) -> Result:
    """Run the mix; every action begins at its moment, however long the ones before it take."""
    stage = Mix(target, mark, size.people, size.rooms)
    await stage.open()
    calendar = moments(size.per_s, size.seconds, stage.chance)
    with without_collection():
        meter, began = Meter(target.pid), time.perf_counter()
        acts = []
        for moment, what in calendar:
            await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
            acts.append(asyncio.create_task(stage.act(what)))
        await asyncio.gather(*acts)
        wall, share = time.perf_counter() - began, meter.generator_share()
        used = sum(meter.server().values())
    await stage.everyone_catches_up()
    await quiet(target.pid)  # a double may come late
    result = drawn_up(stage) | {"server_cores": round(used / wall, 3)}
    result |= {"cpu_ms_per_message": round(used * 1e3 / len(stage.post.sent), 1)}
    for visitor in stage.visitors:
        visitor.here.cut()
    await quiet(target.pid)
    return result | {"generator_share": round(share, 3), "seconds": round(wall, 1)}


def moments(per_s: float, seconds: float, chance: random.Random) -> list[tuple[float, str]]:
    """Return when each action begins, in seconds, for so many messages a second."""
    found: list[tuple[float, str]] = []
    for what, times in PER_MESSAGE.items():
        count = max(1, round(per_s * seconds * times))
        found += [(chance.uniform(0, seconds), what) for _ in range(count)]
    return sorted(found)


def drawn_up(stage: Mix) -> Result:
    """Return the figures: of live deliveries, of each action, and what broke."""
    heads = stage.heads()
    here = {id(one.here) for one in stage.visitors}
    live = sorted(ns for room in stage.seen() for ns in room.live_latencies())
    wrong = [
        breaks(
            room.seqs(),
            room.base or 0,
            heads[room.hall.number] if id(room) in here else room.newest(),
        )
        for room in stage.seen()
    ]
    return {
        "people": len(stage.visitors),
        "rooms": len(stage.halls),
        "sent": len(stage.post.sent),
        "deliveries": len(live),
        **(spread(live) if live else {}),
        "lost": sum(one.lost for one in wrong) + stage.unanswered["post"],
        "unanswered": stage.unanswered.total(),
        "doubled": sum(one.doubled for one in wrong),
        "disordered": sum(one.disordered for one in wrong),
        "refused": len(stage.post.refused),
        "actions": {
            what: {"count": len(t), **spread(sorted(t))} for what, t in stage.times.items()
        },
    }
