"""Who does not read holds nobody back: a bounded queue, and then a close that says why.

An import fills a room to almost a megabyte, so that a page of its history is a large frame.
"""

import asyncio
import statistics
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest

from domain.pace import CHECKPOINT_BYTES, CHECKPOINTS_UNREAD
from schema import wire
from tests import raw_socket
from tests.cast import World
from tests.fuzz.ground import Ground
from tests.place import eventually
from tests.raw_socket import Line
from tests.reader import LONG, Reader, reader
from tests.scene import post
from tests.sight import sees_departure

SMALL_BUFFER = 4_096
GROSS_S = 1.0
AT_MOST = 3 * CHECKPOINTS_UNREAD
"""Checkpoints that a test waits for, at the most."""


@pytest.fixture
async def full_room(world: World) -> str:
    """The commons with a page that is almost as large as a page may be."""
    await world.imports(world.commons, world.ada, [LONG] * 30)
    return world.commons


@pytest.fixture
async def fast_room(world: World) -> str:
    """A room of Ada, Ben, Cleo and Edda in which one may post without pause."""
    members = [world.ada, world.ben, world.cleo, world.edda]
    await asyncio.gather(*[person.signs_in() for person in members])
    return await asyncio.to_thread(Ground(members).fast_room)


async def until_shown_out(who: Reader, guesses: Sequence[int] = (), first: bool = False) -> int:
    """Load pages until the line is closed, confirming these numbers after each of them, or the
    first that was told."""
    for number in range(2 * AT_MOST):
        for guess in who.told[:1] if first else guesses:
            who.confirm(guess)
        if not await who.loads_a_page(number):
            break
    assert who.line.closed is not None, f"still open after {who.size} bytes"
    return who.line.closed


async def test_who_confirms_every_checkpoint_stays(world: World, full_room: str) -> None:
    ada = await reader(world.ada, full_room)
    pages = 0
    while len(ada.told) < 2 * CHECKPOINTS_UNREAD:
        assert await ada.loads_a_page(pages)
        pages += 1
    assert len(set(ada.told)) == len(ada.told)
    assert ada.size >= len(ada.told) * CHECKPOINT_BYTES
    await ada.posts("still-here")
    await ada.ends()


async def test_who_reads_but_confirms_nothing_is_shown_out(world: World, full_room: str) -> None:
    await world.ben.opens(full_room)
    ada = await reader(world.ada, full_room, confirms=False)
    assert await until_shown_out(ada) == wire.CloseCode.SLOW_READER
    assert len(ada.told) == CHECKPOINTS_UNREAD - 1
    assert ada.line.frames[-1].payload[2:] == b"slow_reader"
    assert (await world.vitals(full_room)).sockets == 1
    await world.ben.posts("Go on.")
    back = await reader(world.ada, full_room)
    await back.posts("back-again")
    await back.ends()
    await ada.ends()


async def test_one_late_answer_stands_for_all_before_it(world: World, full_room: str) -> None:
    ada = await reader(world.ada, full_room, confirms=False)
    pages = 0
    while len(ada.told) < CHECKPOINTS_UNREAD - 1:
        assert await ada.loads_a_page(pages)
        pages += 1
    ada.confirm(ada.told[-1])
    assert await until_shown_out_after(ada, pages) == wire.CloseCode.SLOW_READER
    assert len(ada.told) == 2 * (CHECKPOINTS_UNREAD - 1)
    await ada.ends()


async def until_shown_out_after(who: Reader, pages: int) -> int:
    while await who.loads_a_page(pages):
        pages += 1
    assert who.line.closed is not None
    return who.line.closed


@pytest.mark.parametrize("guesses", [range(1, 25), [2**53 - 2]], ids=["counting", "largest"])
async def test_confirming_what_was_never_told_does_not_help(
    world: World, full_room: str, guesses: Sequence[int]
) -> None:
    ada = await reader(world.ada, full_room, confirms=False)
    assert await until_shown_out(ada, guesses) == wire.CloseCode.SLOW_READER
    assert len(ada.told) == CHECKPOINTS_UNREAD - 1
    await ada.ends()


async def test_confirming_the_first_one_again_and_again_helps_once(
    world: World, full_room: str
) -> None:
    ada = await reader(world.ada, full_room, confirms=False)
    assert await until_shown_out(ada, first=True) == wire.CloseCode.SLOW_READER
    assert len(ada.told) == CHECKPOINTS_UNREAD
    await ada.ends()


@pytest.mark.parametrize("number", ["0", "-1", "1.0", '"1"', "null", "true", str(2**53 - 1)])
async def test_a_number_that_is_none_is_refused(world: World, number: str) -> None:
    line = await raw_socket.opens(world.ada, world.commons)
    line.sends('{"type":"reach_checkpoint","number":1}')
    line.sends(f'{{"type":"reach_checkpoint","ref":"r1","number":{number}}}')
    await line.until(line.refusals, "a refusal")
    line.sends(post("after"))
    await line.posted("after")
    assert line.refusals() == ["bad_fields"]
    await line.ends()


@dataclass
class Crowd:
    """Ben posts, Edda reads and confirms, and Cleo's line is open but not read."""

    world: World
    room: str
    ben: Reader
    edda: Reader
    cleo: Line

    async def post_until_alone(self) -> tuple[list[float], int]:
        """Ben posts until Cleo is out; how long each post took, and bytes that were posted."""
        took: list[float] = []
        while (await self.world.vitals(self.room)).sockets == 3:
            took.append(await self.ben.posts(f"long-{len(took)}"))
            assert len(took) * len(LONG) * 4 < AT_MOST * CHECKPOINT_BYTES, "nobody was shown out"
        return took, len(took) * len(LONG) * 4


@pytest.fixture
async def crowd(world: World, fast_room: str) -> AsyncIterator[Crowd]:
    ben = await reader(world.ben, fast_room)
    edda = await reader(world.edda, fast_room)
    cleo = await raw_socket.opens(world.cleo, fast_room, receive_buffer=SMALL_BUFFER)
    yield Crowd(world, fast_room, ben, edda, cleo)
    for one in (ben, edda, cleo):
        await one.ends()


async def test_who_stops_reading_delays_nobody_and_learns_why_they_are_out(crowd: Crowd) -> None:
    took, size = await crowd.post_until_alone()
    assert (CHECKPOINTS_UNREAD - 1) * CHECKPOINT_BYTES < size
    assert size < (CHECKPOINTS_UNREAD + 1) * CHECKPOINT_BYTES
    assert statistics.median(took) < GROSS_S
    assert crowd.ben.line.closed is None and crowd.edda.line.closed is None
    await eventually(lambda: len(crowd.edda.refs) >= len(took), "Edda has them all")
    assert await crowd.cleo.until_closed(within=30) == wire.CloseCode.SLOW_READER
    seqs = [e.seq for e in crowd.cleo.events() if isinstance(e, wire.MessagePosted)]
    assert seqs == list(range(1, len(seqs) + 1))
    assert len(seqs) >= len(took) - 2


async def test_who_was_shown_out_comes_back_where_they_were(crowd: Crowd) -> None:
    await crowd.post_until_alone()
    await crowd.cleo.until_closed(within=30)
    seqs = [e.seq for e in crowd.cleo.events() if isinstance(e, wire.MessagePosted)]
    window = crowd.world.window(crowd.world.cleo)
    await window.opens(crowd.room, after=seqs[-1])
    assert window.all(wire.Welcome)[0].resumed
    await crowd.ben.posts("for-cleo")
    head = (await crowd.world.vitals(crowd.room)).head_seq
    await eventually(lambda: [e.seq for e in window.log()][-1:] == [head], "the newest message")
    assert [event.seq for event in window.log()] == list(range(seqs[-1] + 1, head + 1))


async def test_who_asks_for_pages_and_reads_none_is_shown_out(world: World, full_room: str) -> None:
    """What they read in the end was kept for them; one page may be more than the bound."""
    await world.ben.opens(full_room)
    ada = await raw_socket.opens(world.ada, full_room, receive_buffer=SMALL_BUFFER)
    for number in range(2 * AT_MOST):
        ada.sends(f'{{"type":"load_history","ref":"page-{number}","limit":200}}')
    await world.ben.until(sees_departure(world.ada), within=60)
    await world.ben.posts("Go on.")
    assert await ada.until_closed(within=60) == wire.CloseCode.SLOW_READER
    kept = sum(len(frame.payload) for frame in ada.frames)
    assert (CHECKPOINTS_UNREAD - 1) * CHECKPOINT_BYTES < kept
    assert kept < (CHECKPOINTS_UNREAD + 1) * CHECKPOINT_BYTES
    await ada.ends()
