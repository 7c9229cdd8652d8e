"""What each hot operation costs a room in SQL: the same on every machine, so it may fail a build.

Rows are counted by the object's own SQLite, as the platform bills them: a row of an index counts.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from schema.rpc import Spent
from tests.cast import World
from tests.sight import sees, sees_refusal, sees_typing

Work = Callable[[World], Awaitable[Any]]


async def settled(world: World) -> tuple[Spent, int]:
    """What was spent until the outbox was empty, and how many looks it took to know.

    A look is a statement that reads one row, and counts itself.
    """
    for looks in range(1, 500):
        vitals = await world.vitals(world.commons)
        if vitals.head_seq == vitals.copied_seq:
            return vitals.spent, looks
    raise AssertionError("The outbox did not become empty")


async def cost(world: World, work: Work) -> tuple[int, int, int]:
    """Statements, rows read and rows written by some work and by its way to D1."""
    before, _ = await settled(world)
    await work(world)
    after, looks = await settled(world)
    return (
        after.statements - before.statements - looks,
        after.rows_read - before.rows_read - looks,
        after.rows_written - before.rows_written,
    )


async def post(world: World) -> None:
    await world.ada.posts("The seedlings are in.")


async def post_again(world: World) -> None:
    await world.ada.posts("The seedlings are in.", ref="known")


async def write_nonsense(world: World) -> None:
    await world.ada.says_frame("nonsense")
    await world.ada.until(sees_refusal("not_json", None))
    await world.ada.says(type="send_message", ref="nothing", content=" ")
    await world.ada.until(sees_refusal("empty_message", "nothing"))


async def type_a_little(world: World) -> None:
    await world.ada.types()
    await world.ben.until(sees_typing(world.ada))


async def open_and_close(world: World) -> None:
    window = world.window(world.edda)
    await window.opens(world.commons, after=61)
    await window.closes()


async def resume(world: World) -> None:
    window = world.window(world.edda)
    await window.opens(world.commons, after=41)
    assert len(window.log()) == 20


async def scroll_back(world: World) -> None:
    page = await world.ada.loads(before=61, limit=50)
    assert len(page.events) == 50


async def look_over_http(world: World) -> None:
    assert len((await world.ada.reads(world.commons, limit=50)).events) == 50


async def a_room_with_a_past(world: World) -> None:
    """60 old messages and one with a known reference; Ada and Ben have it open."""
    await world.imports(world.commons, world.cleo, [f"Old {n}" for n in range(60)])
    for person in (world.ada, world.ben):
        await person.opens(world.commons)
    await world.ada.posts("The first.", ref="known")
    await world.ben.until(sees("The first."))


# A post is one statement on its path; three more take it to D1 later. A page passes over each row
# four times: chosen, weighed, put in order, joined to one text. The door asks the log about the
# membership that D1 told of.
@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (post, (4, 10, 3)),
        (post_again, (2, 1, 0)),
        (write_nonsense, (0, 0, 0)),
        (type_a_little, (0, 0, 0)),
        (open_and_close, (2, 3, 0)),
        (resume, (2, 81, 0)),
        (scroll_back, (1, 201, 0)),
        (look_over_http, (1, 201, 0)),
    ],
)
async def test_what_it_costs(world: World, work: Work, expected: tuple[int, int, int]) -> None:
    await a_room_with_a_past(world)
    assert await cost(world, work) == expected
