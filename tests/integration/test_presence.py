"""Who is here, and who is typing."""

from schema import wire
from tests.cast import World
from tests.sight import sees, sees_arrival, sees_departure, sees_refusal, sees_typing


async def test_the_room_sees_who_comes_and_who_goes(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    arrival = await ada.until(sees_arrival(ben))
    assert arrival.arrived == [wire.Person(id=ben.id, name="Ben Okafor")]
    [welcome] = ben.all(wire.Welcome)
    assert sorted(person.id for person in welcome.present) == sorted([ada.id, ben.id])
    await ben.closes()
    await ada.until(sees_departure(ben))


async def test_a_window_that_closes_is_let_go_cleanly(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ada.closes()
    assert world.ada.closed == 1000


async def test_a_cut_line_is_a_departure_too(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ben.opens(world.commons)
    await world.ada.until(sees_arrival(world.ben))
    await world.ben.loses_connection()
    await world.ada.until(sees_departure(world.ben))


async def test_two_windows_of_one_person_count_once(world: World) -> None:
    ada, ben, also_ben = world.ada, world.ben, world.window(world.ben)
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    await ada.until(sees_arrival(ben))
    ada.forgets()
    await also_ben.opens(world.commons)
    [welcome] = also_ben.all(wire.Welcome)
    assert len(welcome.present) == 2
    await also_ben.closes()
    await world.cleo.opens(world.commons)
    await ada.until(sees_arrival(world.cleo))
    told = ada.all(wire.PresenceChanged)
    assert [person.id for change in told for person in change.arrived] == [world.cleo.id]
    assert [person.id for change in told for person in change.left] == []
    await ben.closes()
    await ada.until(sees_departure(ben))


async def test_a_visitor_of_a_public_room_is_seen_as_well(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.finn.opens(world.commons)
    await world.ada.until(sees_arrival(world.finn))


async def test_everyone_sees_who_types_and_who_stops(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    await ada.types()
    change = await ben.until(sees_typing(ada))
    assert change.person == wire.Person(id=ada.id, name="Ada Solberg")
    await ada.types(False)
    stop = await ben.until(sees_typing(ada, typing=False))
    assert change.until - wire.TYPING_MS <= stop.until < change.until


async def test_to_stop_without_having_begun_tells_nobody(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ben.opens(world.commons)
    await world.ada.types(False)
    await world.ada.posts("I was not typing.")
    await world.ben.until(sees("I was not typing."))
    assert world.ben.all(wire.TypingChanged) == []


async def test_who_posted_types_no_more(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ben.opens(world.commons)
    await world.ada.types()
    await world.ada.posts("Done.")
    await world.ada.types(False)
    await world.ada.posts("Really.")
    await world.ben.until(sees("Really."))
    assert [change.typing for change in world.ben.all(wire.TypingChanged)] == [True]


async def test_typing_is_seen_in_its_room_only(world: World) -> None:
    await world.ada.opens(world.board)
    await world.ben.opens(world.commons)
    await world.ada.types()
    await world.ada.until(sees_typing(world.ada))
    await world.ben.posts("Quiet here.")
    assert world.ben.all(wire.TypingChanged) == []


async def test_a_visitor_cannot_type(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.finn.opens(world.commons)
    await world.finn.says(type="set_typing", ref="t1", typing=True)
    await world.finn.until(sees_refusal("join_first", "t1"))
    await world.ada.posts("Nobody typed.")
    assert world.ada.all(wire.TypingChanged) == []
