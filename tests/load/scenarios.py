"""What can be run, by name."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace

from tests.load.direct import direct, fitting
from tests.load.mixing import LATER, mix
from tests.load.stage import Result
from tests.load.switching import switch
from tests.load.talking import Size, burst, steady
from tests.load.target import Target
from tests.load.thundering import thundering


@dataclass(frozen=True)
class Wish:
    """What the command line asks to be otherwise than usual."""

    seconds: float | None = None  # of the steady scenarios
    sockets: int | None = None  # of those that open many


Run = Callable[[Target, str, Wish], Awaitable[Result]]


@dataclass(frozen=True)
class Scenario:
    """One way to load a server."""

    what: str
    run: Run
    rounds: int = 1
    sides: tuple[str, ...] = ("ours", "bare")
    later: tuple[str, ...] = ()
    fresh: bool = False  # it weighs memory, so its servers must not have been used before


SIZES = {
    "room50": Size(people=50, per_s=20, seconds=20),
    "burst": Size(people=50),
    "room1000": Size(people=1_000, per_s=2, seconds=30),
    "many": Size(people=1_000, rooms=200, rooms_each=10, per_s=12, seconds=60, weighs=True),
    "mix": Size(people=100, rooms=20, per_s=2, seconds=60),
    "thundering": Size(people=1_000, rooms=20),
}
SWITCHES = 200
PER_ROOM = 50


def wished(name: str, wish: Wish) -> Size:
    """Return the size of a scenario; 50 people stay in a room of fewer sockets in many rooms."""
    size = SIZES[name]
    if wish.seconds is not None and size.seconds:
        size = replace(size, seconds=wish.seconds)
    if wish.sockets is None or size.people < 1_000:
        return size
    rooms = max(1, wish.sockets // PER_ROOM) if size.rooms > 1 else 1
    each = min(size.rooms_each, rooms)
    return replace(size, people=wish.sockets // each, rooms=rooms, rooms_each=each)


async def talking(target: Target, mark: str, wish: Wish, name: str) -> Result:
    """Return the round of a scenario in which people talk steadily."""
    return await steady(target, mark, wished(name, wish))


async def room50(target: Target, mark: str, wish: Wish) -> Result:
    return await talking(target, mark, wish, "room50")


async def room1000(target: Target, mark: str, wish: Wish) -> Result:
    return await talking(target, mark, wish, "room1000")


async def many(target: Target, mark: str, wish: Wish) -> Result:
    """As many as the machine lets a process hold, past wrangler's proxy, which holds fewer."""
    sockets = fitting(wish.sockets or SIZES["many"].sockets, PER_ROOM)
    return await talking(direct(target), mark, replace(wish, sockets=sockets), "many")


async def bursting(target: Target, mark: str, wish: Wish) -> Result:
    return await burst(target, mark, wished("burst", wish))


async def returning(target: Target, mark: str, wish: Wish) -> Result:
    return await thundering(target, mark, wished("thundering", wish))


async def mixing(target: Target, mark: str, wish: Wish) -> Result:
    return await mix(target, mark, wished("mix", wish))


async def switching(target: Target, mark: str, wish: Wish) -> Result:
    return await switch(target, mark, SWITCHES)


SCENARIOS = {
    "room50": Scenario("50 people in a room, 20 messages a second", room50, rounds=3),
    "burst": Scenario("50 people, 1,000 messages, 50 of them under way", bursting, rounds=3),
    "switch": Scenario("200 room switches, one after another", switching),
    "mix": Scenario("what people really do, 2 messages a second", mixing, 1, ("ours",), LATER),
    "room1000": Scenario("everybody in one room, 2 messages a second", room1000),
    "thundering": Scenario("all sockets drop and come back within 10 s", returning),
    "many": Scenario("rooms of 50 people, 12 messages a second together", many, fresh=True),
}


def groups(names: Collection[str]) -> list[list[str]]:
    """Return the scenarios that share their servers; those that need fresh ones stand alone."""
    shared = [name for name in names if not SCENARIOS[name].fresh]
    alone = [[name] for name in names if SCENARIOS[name].fresh]
    return [shared, *alone] if shared else alone
