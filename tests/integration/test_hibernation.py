"""A room whose object fell asleep goes on as if nothing had been.

All rooms here fall asleep together, once: workerd drops an object after ten seconds of silence. To
ask a room how it is would wake it, so one room is the canary that is asked for all of them.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from schema import wire
from tests.cast import World, a_world
from tests.integration.test_ends_of_sessions import ends_soon
from tests.integration.test_hiding import blocks, is_invisible, sees_withheld
from tests.person import Person
from tests.platform import Platform
from tests.sight import sees, sees_arrival, sees_departure, sees_pong, sees_typing

SILENCE_S = 11.5
SLEPT_MS = 35_000
TRIES = 3


@dataclass
class Sleepers:
    """Three rooms with Ada, Ben and Cleo in them, asleep; and who they were when they last woke. In
    the fourth Edda and Finn are hidden from each other, and Ben is invisible. In the next one Ben's
    session ends while everybody sleeps. In the last one Ben has two windows."""

    worlds: list[World]
    incarnations: list[str]
    hiding: World
    ending: World
    twice: World
    also_ben: Person


@pytest.fixture(scope="module")
async def sleepers(platform: Platform) -> AsyncIterator[Sleepers]:
    async with (
        a_world(platform) as one,
        a_world(platform) as two,
        a_world(platform) as three,
        a_world(platform) as hiding,
        a_world(platform) as ending,
        a_world(platform) as twice,
        a_world(platform) as canary,
    ):
        await _hides(hiding)
        await ending.ben.signs_in()
        await ends_soon(ending, ending.ben, SLEPT_MS)
        worlds = [one, two, three]
        for world in [*worlds, ending, twice, canary]:
            for person in (world.ada, world.ben, world.cleo):
                await person.opens(world.commons)
            await world.ada.posts("Good night.")
            for person in (world.ben, world.cleo):
                await person.until(sees("Good night."))
            await world.copied(world.commons, messages=1)
        also_ben = twice.window(twice.ben)
        await also_ben.opens(twice.commons)
        awake = [(await world.vitals(world.commons)).incarnation for world in [*worlds, ending]]
        await _falls_asleep(canary)
        for world in [*worlds, twice]:
            for person in (world.ada, world.ben, world.cleo):
                person.forgets()
        yield Sleepers(worlds, awake, hiding, ending, twice, also_ben)


async def _hides(world: World) -> None:
    await world.finn.asks("POST", f"/api/rooms/{world.commons}/join")
    await blocks(world.edda, world.finn)
    await is_invisible(world.ben)
    for person in (world.ada, world.ben, world.edda, world.finn):
        await person.opens(world.commons)
    await world.ada.until(sees_arrival(world.finn))


async def _falls_asleep(canary: World) -> None:
    before = (await canary.vitals(canary.commons)).incarnation
    for _ in range(TRIES):
        await asyncio.sleep(SILENCE_S)  # silence is what we wait for: whoever looks, wakes it
        if (await canary.vitals(canary.commons)).incarnation != before:
            return
    raise AssertionError(f"The room was still awake after {TRIES} times {SILENCE_S} s of silence")


async def test_a_room_that_slept_talks_on_in_order(sleepers: Sleepers) -> None:
    world = sleepers.worlds[0]
    posted = await world.ben.posts("Good morning.")
    assert posted.seq == 2
    for person in (world.ada, world.cleo):
        assert await person.until(sees("Good morning.")) == posted
    vitals = await world.vitals(world.commons)
    assert vitals.incarnation != sleepers.incarnations[0]
    assert vitals.sockets == 3
    for person in (world.ada, world.ben, world.cleo):
        assert person.all(wire.PresenceChanged) == []
    await world.cleo.types()
    await world.ben.until(sees_typing(world.cleo))
    await world.edda.opens(world.commons)
    [welcome] = world.edda.all(wire.Welcome)
    everyone = (world.ada, world.ben, world.cleo, world.edda)
    assert {person.id for person in welcome.present} == {person.id for person in everyone}
    assert (await world.ada.posts("Twice", ref="n")).seq == 3
    await world.ben.closes()
    await world.ada.until(sees_departure(world.ben))


async def test_who_closes_while_the_room_sleeps_is_announced_as_gone(sleepers: Sleepers) -> None:
    world = sleepers.worlds[1]
    await world.cleo.closes()
    await world.ada.until(sees_departure(world.cleo))
    await world.ben.until(sees_departure(world.cleo))
    assert (await world.vitals(world.commons)).incarnation != sleepers.incarnations[1]
    await world.edda.opens(world.commons)
    [welcome] = world.edda.all(wire.Welcome)
    ids = {person.id for person in welcome.present}
    assert ids == {world.ada.id, world.ben.id, world.edda.id}
    await world.ada.until(sees_arrival(world.edda))
    assert [p for e in world.ada.all(wire.PresenceChanged) for p in e.arrived] == [
        wire.Person(id=world.edda.id, name="Edda Jónsdóttir")
    ]


async def test_who_closes_one_of_two_windows_while_the_room_sleeps_stays(
    sleepers: Sleepers,
) -> None:
    world = sleepers.twice
    await sleepers.also_ben.closes()
    await world.edda.opens(world.commons)
    [welcome] = world.edda.all(wire.Welcome)
    everyone = (world.ada, world.ben, world.cleo, world.edda)
    assert {person.id for person in welcome.present} == {person.id for person in everyone}
    await world.ada.until(sees_arrival(world.edda))
    assert [person.id for e in world.ada.all(wire.PresenceChanged) for person in e.left] == []
    await world.ben.closes()
    await world.ada.until(sees_departure(world.ben))


async def test_a_ping_is_answered_without_waking_the_room(sleepers: Sleepers) -> None:
    world = sleepers.worlds[2]
    await world.ada.says_frame(wire.PING)
    await world.ada.until(sees_pong())
    assert world.ada.seen == [wire.Pong()]
    assert (await world.ada.posts("Awake.")).seq == 2
    assert (await world.vitals(world.commons)).incarnation != sleepers.incarnations[2]


async def test_a_room_that_sleeps_wakes_for_the_end_of_a_session(sleepers: Sleepers) -> None:
    world = sleepers.ending
    assert await world.ben.until_closed(within=SLEPT_MS / 1000) == wire.CloseCode.COME_AGAIN
    await world.ada.until(sees_departure(world.ben))
    assert (await world.vitals(world.commons)).incarnation != sleepers.incarnations[3]
    assert (await world.ada.posts("Good morning.")).seq == 2


async def test_who_was_hidden_is_so_after_a_sleep(sleepers: Sleepers) -> None:
    world = sleepers.hiding
    for person in (world.ada, world.edda):
        person.forgets()
    posted = await world.finn.posts("Is anybody awake?")
    await world.ada.until(sees("Is anybody awake?"))
    await world.edda.until(sees_withheld(posted.seq))
    await world.ben.closes()
    await world.finn.closes()
    gone = await world.ada.until(sees_departure(world.finn))
    assert [person.id for person in gone.left] == [world.finn.id], "nobody hears of Ben"
    window = world.window(world.edda)
    await window.opens(world.commons)
    [welcome] = window.all(wire.Welcome)
    assert {person.id for person in welcome.present} == {world.ada.id, world.edda.id}
