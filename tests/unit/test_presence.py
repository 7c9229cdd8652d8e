"""Who is in a room."""

from hypothesis import given
from hypothesis import strategies as st

from domain import typing as typists
from domain.presence import Presence
from schema.wire import TYPING_MS, Person

ADA = Person(id="ada", name="Ada")
BEN = Person(id="ben", name="Ben")


def test_two_sockets_of_one_person_are_one_arrival_and_one_departure() -> None:
    room = Presence()
    room.enter(ADA)
    room.enter(ADA)
    arrival = room.change()
    assert arrival is not None and arrival.arrived == [ADA]
    room.leave(ADA)
    assert room.change() is None
    room.leave(ADA)
    departure = room.change()
    assert departure is not None and departure.left == [ADA]


def test_who_comes_and_goes_between_two_tellings_is_no_news() -> None:
    room = Presence()
    room.enter(ADA)
    room.leave(ADA)
    assert room.change() is None


def test_who_reconnects_between_two_tellings_is_no_news() -> None:
    room = Presence()
    room.enter(ADA)
    room.change()
    room.leave(ADA)
    room.enter(ADA)
    assert room.change() is None
    assert list(room.people) == ["ada"]


def test_somebody_who_left_while_the_room_slept_is_told() -> None:
    woken = Presence()
    woken.leave(ADA)
    departure = woken.change()
    assert departure is not None and departure.left == [ADA]


@given(st.lists(st.tuples(st.sampled_from([ADA, BEN]), st.booleans(), st.booleans())))
def test_what_was_told_adds_up_to_who_is_there(steps: list[tuple[Person, bool, bool]]) -> None:
    room, sockets, told = Presence(), {"ada": 0, "ben": 0}, set()
    for person, enters, tells in [*steps, (ADA, True, True)]:
        if enters:
            sockets[person.id] += 1
            room.enter(person)
        elif sockets[person.id]:
            sockets[person.id] -= 1
            room.leave(person)
        change = room.change() if tells else None
        if change:
            told |= {one.id for one in change.arrived}
            told -= {one.id for one in change.left}
    assert told == {one for one, count in sockets.items() if count} == set(room.people)


def test_typing_is_told_until_it_fades_or_stops() -> None:
    typing: dict[str, int] = {}
    starts = typists.change(typing, ADA, True, 1_000)
    assert starts is not None and starts.until == 1_000 + TYPING_MS
    assert typists.still(typing, 1_000) == ["ada"]
    assert typists.still(typing, 1_000 + TYPING_MS) == []
    stops = typists.change(typing, ADA, False, 2_000)
    assert stops is not None and not stops.typing


def test_who_goes_on_typing_is_told_of_again_but_not_with_every_key() -> None:
    typing: dict[str, int] = {}
    told = [typists.change(typing, ADA, True, at) is not None for at in range(0, 6_000, 500)]
    assert [at * 500 for at, is_news in enumerate(told) if is_news] == [0, 2_000, 4_000]


def test_stopping_without_having_started_is_no_news() -> None:
    assert typists.change({}, ADA, False, 1_000) is None
