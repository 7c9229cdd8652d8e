"""The log knows of a leaving before D1 does: what somebody may do meanwhile."""

import pytest

from tests.cast import World
from tests.person import Person
from tests.sight import sees_joining, sees_leaving, sees_refusal


async def is_a_member(person: Person, room: str) -> bool:
    found = (await person.gets(f"/api/rooms/{room}/members"))["members"]
    return person.id in [member["id"] for member in found]


@pytest.fixture
async def unheard(world: World) -> World:
    """Edda left the commons, and D1 has not heard of it yet."""
    await world.ada.opens(world.commons)
    row = "SELECT * FROM chat_members WHERE room_id = ? AND user_id = ?"
    [was] = world.platform.rows(row, world.commons, world.edda.id)
    assert (await world.edda.asks("POST", f"/api/rooms/{world.commons}/leave")).status_code == 204
    await eventually_copied(world)
    back = "INSERT INTO chat_members (room_id, user_id, role, joined_at) VALUES (?, ?, ?, ?)"
    world.platform.change(back, *was.values())
    return world


async def eventually_copied(world: World) -> None:
    """The room's outbox is empty: it will not end the row by itself."""
    for _ in range(200):
        vitals = await world.vitals(world.commons)
        if vitals.head_seq == vitals.copied_seq:
            return
    raise AssertionError("The outbox did not become empty")


async def test_a_leaving_that_d1_did_not_hear_of_is_said_again_and_logged_once(
    unheard: World,
) -> None:
    ada, edda = unheard.ada, unheard.edda
    assert (await edda.asks("POST", f"/api/rooms/{unheard.commons}/leave")).status_code == 204
    assert not await is_a_member(edda, unheard.commons)
    await ada.until(sees_leaving(edda))
    assert len((await ada.reads(unheard.commons)).events) == 1


async def test_who_left_is_a_visitor_before_d1_has_heard_of_it(unheard: World) -> None:
    await unheard.edda.opens(unheard.commons)
    await unheard.edda.says(type="send_message", ref="late", content="One more thing.")
    await unheard.edda.until(sees_refusal("join_first", "late"))


async def test_who_joins_again_before_d1_has_heard_of_the_leaving_is_in(unheard: World) -> None:
    edda = unheard.edda
    await edda.opens(unheard.commons)
    assert (await edda.asks("POST", f"/api/rooms/{unheard.commons}/join")).status_code == 200
    await unheard.ada.until(sees_joining(edda))
    await edda.posts("Back again.")
    assert await is_a_member(edda, unheard.commons)
