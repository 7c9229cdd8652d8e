"""Scenarios in which people only talk: at a steady rate, or as fast as a window allows."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from tests.load.crowd import Receiver
from tests.load.stage import PATIENCE_S, Result, Stage
from tests.load.target import Target

BURST = 1_000
WINDOW = 50


@dataclass(frozen=True)
class Size:
    """How many people and rooms, how many rooms each person sits in, how fast they talk, and
    whether memory is weighed."""

    people: int
    rooms: int = 1
    rooms_each: int = 1
    per_s: float = 0.0
    seconds: float = 0.0
    weighs: bool = False

    @property
    def sockets(self) -> int:
        return self.people * self.rooms_each

    def members(self) -> list[list[int]]:
        """Return the people of each room: everybody is spread evenly."""
        rooms: list[list[int]] = [[] for _ in range(self.rooms)]
        for seat in range(self.sockets):
            rooms[seat % self.rooms].append(seat // self.rooms_each)
        return rooms


async def steady(target: Target, mark: str, size: Size) -> Result:
    """Everybody in turn posts, in every room in turn, at moments fixed beforehand."""
    stage = Stage(target, mark, size.members(), size.weighs)
    await stage.open()
    with stage.measured():
        late_s = await talk(stage, size)
        await stage.until_heard()
    await stage.settle()
    result = stage.result() | {"late_ms": round(late_s * 1e3, 1)}
    await stage.close()
    return result


async def talk(stage: Stage, size: Size) -> float:
    """Post at the rate; return by how many seconds the latest post was late."""
    began, late = time.perf_counter() + 0.05, 0.0
    for number in range(int(size.per_s * size.seconds)):
        due = began + number / size.per_s
        if (ahead := due - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        late = max(late, time.perf_counter() - due)
        room = stage.in_room[number % len(stage.halls)]
        stage.post.send(room[number // len(stage.halls) % len(room)])
    return late


async def burst(target: Target, mark: str, size: Size) -> Result:
    """A thousand messages, never more than fifty of them unacknowledged."""
    stage = Stage(target, mark, size.members())
    await stage.open()
    with stage.measured():
        await pour(stage, BURST)
        await stage.until_heard()
    await stage.settle()
    result = stage.result()
    await stage.close()
    return result


async def pour(stage: Stage, messages: int) -> None:
    """Post everybody in turn; each acknowledgement lets the next message go."""
    ended = asyncio.get_running_loop().create_future()
    receivers, left = stage.receivers, messages

    def post_next() -> None:
        stage.post.send(receivers[(messages - left) % len(receivers)])

    def acknowledged(own: int) -> None:
        nonlocal left
        for _ in range(min(own, left)):
            post_next()
            left -= 1
        if not left and not ended.done():
            ended.set_result(None)

    listen(receivers, acknowledged)
    for _ in range(min(WINDOW, messages)):
        post_next()
        left -= 1
    if left:
        with suppress(TimeoutError):  # what does not come is lost, and the ledger says so
            async with asyncio.timeout(PATIENCE_S):
                await ended


def listen(receivers: list[Receiver], acknowledged: Callable[[int], None]) -> None:
    """Have every author's own messages told."""
    for receiver in receivers:
        receiver.on_own = acknowledged
