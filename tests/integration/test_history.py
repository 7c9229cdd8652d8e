"""Pages of a room's log, both ways, over the socket and over HTTP."""

from collections.abc import AsyncIterator

import pytest

from schema import wire
from schema.http import LogPage
from tests.cast import World, a_world
from tests.person import Person
from tests.place import refused
from tests.platform import Platform
from tests.sight import sees_refusal

SIZE = 230
EMPTY: list[int] = []


@pytest.fixture(scope="module")
async def old_world(platform: Platform) -> AsyncIterator[World]:
    """A world whose commons has 230 messages; the tests here only read it."""
    async with a_world(platform) as world:
        await world.imports(world.commons, world.ada, [f"No. {n}" for n in range(1, SIZE + 1)])
        yield world


PAGES = [
    ({}, range(181, 231), True, False),
    ({"limit": 1}, [230], True, False),
    ({"limit": 200}, range(31, 231), True, False),
    ({"before": 181}, range(131, 181), True, True),
    ({"before": 31}, range(1, 31), False, True),
    ({"before": 2}, [1], False, True),
    ({"before": 1}, EMPTY, False, True),
    ({"before": 5_000, "limit": 3}, [228, 229, 230], True, False),
    ({"after": 0, "limit": 2}, [1, 2], False, True),
    ({"after": 100}, range(101, 151), True, True),
    ({"after": 200, "limit": 30}, range(201, 231), True, False),
    ({"after": 229}, [230], True, False),
    ({"after": 230}, EMPTY, True, False),
    ({"after": 5_000}, EMPTY, True, False),
]


@pytest.mark.parametrize(("which", "seqs", "has_before", "has_after"), PAGES)
async def test_a_page_is_the_same_over_both_ways(
    old_world: World, which: dict[str, int], seqs: range, has_before: bool, has_after: bool
) -> None:
    reader = await _in_commons(old_world.ben)
    page = await reader.loads(**which)
    assert [event.seq for event in page.events] == list(seqs)
    assert (page.has_before, page.has_after) == (has_before, has_after)
    over_http: LogPage = await reader.reads(old_world.commons, **which)
    assert over_http.events == page.events
    assert (over_http.has_before, over_http.has_after) == (has_before, has_after)
    assert over_http.head_seq == SIZE


async def test_pages_backwards_meet_without_gap_or_overlap(old_world: World) -> None:
    reader = await _in_commons(old_world.ben)
    page = await reader.loads(limit=64)
    seqs = [event.seq for event in page.events]
    while page.has_before:
        page = await reader.loads(before=seqs[0], limit=64)
        seqs = [event.seq for event in page.events] + seqs
    assert seqs == list(range(1, SIZE + 1))


async def test_an_imported_message_keeps_its_time_and_its_author(old_world: World) -> None:
    [first, second] = (await old_world.ben.reads(old_world.commons, after=0, limit=2)).events
    assert isinstance(first, wire.MessagePosted) and isinstance(second, wire.MessagePosted)
    assert first.message.author.id == old_world.ada.id
    assert second.message.created_at - first.message.created_at == 60_000


async def test_what_is_imported_again_stays_as_it_is(old_world: World) -> None:
    before = await old_world.ben.reads(old_world.commons)
    again = await old_world.imports(old_world.commons, old_world.ada, ["Another No. 1"])
    assert again == SIZE
    assert await old_world.ben.reads(old_world.commons) == before


@pytest.mark.parametrize(
    "which",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": "ten"},
        {"before": 0},
        {"before": -3},
        {"before": 2**53},
        {"after": -1},
        {"after": 1.5},
        {"after": 10**30},
    ],
)
async def test_a_page_that_cannot_be_is_refused(
    old_world: World, which: dict[str, float | str]
) -> None:
    reader = await _in_commons(old_world.cleo)
    await reader.says(type="load_history", ref="odd", **which)
    await reader.until(sees_refusal("bad_fields", "odd"))
    reader.forgets()
    path = f"/api/rooms/{old_world.commons}/messages"
    answer = refused(await reader.asks("GET", path, params=which))
    assert (answer.code, answer.fields) == ("bad_fields", list(which))
    assert len((await reader.loads(limit=5)).events) == 5


async def _in_commons(person: Person) -> Person:
    if not person.room:
        await person.opens(f"commons-{person.id.split('-')[1]}")
    return person
