"""Whoever comes back gets exactly what they missed, or is told plainly that it was too much."""

import pytest

from schema import wire
from tests.cast import World
from tests.sight import sees_seq


async def test_who_comes_back_gets_exactly_what_they_missed(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    await ada.posts("Before.")
    await ben.until(sees_seq(1))
    await ben.loses_connection()
    missed = [await ada.posts(text) for text in ("One.", "Two.", "Three.")]
    await ben.comes_back()
    [welcome] = ben.all(wire.Welcome)
    assert (welcome.resumed, welcome.head_seq) == (True, 4)
    assert ben.log() == missed
    await ada.posts("After.")
    await ben.until(sees_seq(5))
    assert [event.seq for event in ben.log()] == [2, 3, 4, 5]


async def test_who_missed_nothing_gets_nothing(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ada.posts("Still here.")
    await world.ada.comes_back()
    [welcome] = world.ada.all(wire.Welcome)
    [page] = world.ada.all(wire.HistoryLoaded)
    assert welcome.resumed
    assert (page.events, page.has_before, page.has_after) == ([], True, False)


async def test_who_has_nothing_gets_the_latest_page(world: World) -> None:
    await world.imports(world.commons, world.ada, [str(number) for number in range(60)])
    await world.ben.opens(world.commons)
    [welcome], [page] = world.ben.all(wire.Welcome), world.ben.all(wire.HistoryLoaded)
    assert (welcome.resumed, welcome.head_seq) == (False, 60)
    assert [event.seq for event in page.events] == list(range(11, 61))
    assert (page.has_before, page.has_after) == (True, False)


async def test_a_thousand_missed_come_whole_and_one_more_is_too_far(world: World) -> None:
    await world.imports(world.commons, world.ada, ["."] * (wire.RESUME_MAX + 1))
    await world.ben.opens(world.commons, after=1)
    assert [event.seq for event in world.ben.log()] == list(range(2, 1_002))
    assert world.ben.all(wire.TooFarBehind) == []

    await world.cleo.opens(world.commons, after=0)
    [welcome], [behind] = world.cleo.all(wire.Welcome), world.cleo.all(wire.TooFarBehind)
    assert not welcome.resumed
    assert (behind.after, behind.head_seq) == (0, 1_001)
    assert [event.seq for event in world.cleo.log()] == list(range(952, 1_002))


async def test_long_messages_come_in_shorter_pages_and_too_many_bytes_are_too_far(
    world: World,
) -> None:
    longest = "😀" * wire.CONTENT_LENGTH
    for part in range(3):
        await world.imports(world.commons, world.ada, [longest] * 30, mark=f"long-{part}")
    await world.ben.opens(world.commons, after=60)
    assert [event.seq for event in world.ben.log()] == list(range(61, 91))
    await world.cleo.opens(world.commons, after=0)
    assert len(world.cleo.all(wire.TooFarBehind)) == 1
    page = await world.ben.loads(before=91, limit=wire.PAGE_MAX)
    assert page.events[-1].seq == 90
    assert page.has_before and len(page.events) < 90


async def test_a_seq_that_never_was_is_too_far(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ada.posts("The only one.")
    await world.ben.opens(world.commons, after=2)
    [behind] = world.ben.all(wire.TooFarBehind)
    assert (behind.after, behind.head_seq) == (2, 1)
    assert [event.seq for event in world.ben.log()] == [1]


@pytest.mark.parametrize("after", ["-1", "one", "1.5", "٣", "9" * 16, "1%00"])
async def test_an_after_that_is_no_seq_is_refused_at_the_door(world: World, after: str) -> None:
    assert (await world.ben.is_turned_away(world.commons, after)).code == "bad_fields"
    await world.ben.opens(world.commons, after=0)
