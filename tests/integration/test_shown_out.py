"""Who is shown out of a room is out, whether or not their client goes along."""

import asyncio
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from schema import wire
from tests.cast import World
from tests.person import Person
from tests.sight import sees, sees_departure


async def talks_on(person: Person, count: int) -> None:
    """Frames that are under way while the door is closed."""
    with suppress(ConnectionClosed):
        for number in range(count):
            await person.says(type="send_message", ref=f"late-{number}", content="Still here.")


async def test_what_is_said_after_leaving_a_private_room_is_not_heard(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.board)
    await ben.opens(world.board)
    await ada.posts("I was here.")
    left = await ada.asks("POST", f"/api/rooms/{world.board}/leave")
    assert left.status_code == 204, left.text
    await talks_on(ada, 20)
    await ben.until(sees_departure(ada))
    await ben.posts("She is gone.")
    texts = [event.message.content for event in ben.all(wire.MessagePosted)]
    assert texts == ["I was here.", "She is gone."]
    assert (await world.vitals(world.board)).sockets == 1


async def test_a_flood_over_many_windows_is_one_flood(world: World) -> None:
    windows = [world.ada, *[world.window(world.ada) for _ in range(3)]]
    await world.ben.opens(world.commons)
    for window in windows:
        await window.opens(world.commons)
    await asyncio.gather(*[talks_on(window, 150) for window in windows])
    await world.ben.posts("Is it over?")
    stored = [m for m in world.ben.all(wire.MessagePosted) if m.message.author.id == world.ada.id]
    assert 0 < len(stored) < 300


async def test_somebody_whose_entry_fails_is_no_ghost(world: World) -> None:
    await world.ben.opens(world.commons)
    before = (await world.vitals(world.commons)).sockets
    await world.ada.is_turned_away(world.commons, after="nonsense")
    await world.ben.posts("Anybody there?")
    await world.ben.until(sees("Anybody there?"))
    assert (await world.vitals(world.commons)).sockets == before
