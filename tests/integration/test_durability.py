"""Acknowledged means stored: the runtime is killed, and nothing that anybody was told is lost."""

import asyncio
import json
from collections import Counter

from schema import wire
from tests.cast import World, a_world
from tests.platform import OwnPlatform
from tests.sight import sees_seq

OLD = 1_500
POSTS = 40
LAST = 3
UNSURE = 30


async def test_a_kill_loses_nothing_acknowledged_and_doubles_nothing(
    mortal_platform: OwnPlatform,
) -> None:
    async with a_world(mortal_platform) as world:
        ada, ben = world.ada, world.ben
        await ada.opens(world.commons)
        await ben.opens(world.commons)
        posted = await asyncio.gather(
            *[ada.posts(f"Ada {n}", ref=f"a{n}") for n in range(POSTS)],
            *[ben.posts(f"Ben {n}", ref=f"b{n}") for n in range(POSTS)],
        )
        copied = await world.imports(world.commons, world.cleo, ["Long ago."] * OLD)
        assert copied == 2 * POSTS + OLD
        await world.copied(world.commons, messages=copied)

        posted += await asyncio.gather(*[ada.posts(f"Last {n}", ref=f"l{n}") for n in range(LAST)])
        told = copied + LAST
        for number in range(UNSURE):  # sent, but nobody waits to hear whether they arrived
            await ben.says(type="send_message", ref=f"u{number}", content=f"Unsure {number}")
        async with mortal_platform.killed():
            died_with = copies(mortal_platform, world.commons)
            assert died_with < told, "the kill was to come before the copies were made"

        await world.copied(world.commons, messages=told)  # nobody has asked the room for anything
        await ada.comes_back()
        await ben.comes_back()
        for number in range(UNSURE):
            await ben.posts(f"Unsure {number}", ref=f"u{number}")
        assert await ada.posts("Ada 0", ref="a0") == posted[0]

        log = await whole_log(world)
        assert [event.seq for event in log] == list(range(1, told + UNSURE + 1))
        assert max(Counter((e.message.author.id, e.ref) for e in log).values()) == 1
        assert {event.seq: event for event in posted}.items() <= {e.seq: e for e in log}.items()

        newest = await ada.posts("We go on.")
        assert newest.seq == len(log) + 1
        await ben.until(sees_seq(newest.seq))
        await d1_has(world, [*log, newest])


def copies(platform: OwnPlatform, room: str) -> int:
    """How many of a room's messages D1 has now."""
    sql = "SELECT count(*) AS copied FROM chat_messages WHERE room_id = ?"
    [found] = platform.rows(sql, room)
    return int(found["copied"])


async def d1_has(world: World, log: list[wire.MessagePosted]) -> None:
    """Every message of the log is in D1, once and in its order."""
    rows = await world.copied(world.commons, messages=len(log))
    copied = [(json.loads(row["metadata"])["seq"], row["id"]) for row in rows]
    assert copied == [(event.seq, event.message.id) for event in log]


async def whole_log(world: World) -> list[wire.MessagePosted]:
    """The room's log over HTTP, page by page."""
    log: list[wire.MessagePosted] = []
    page = await world.finn.reads(world.commons, after=0, limit=wire.PAGE_MAX)
    while page.events:
        log += [event for event in page.events if isinstance(event, wire.MessagePosted)]
        page = await world.finn.reads(world.commons, after=log[-1].seq, limit=wire.PAGE_MAX)
    return log
