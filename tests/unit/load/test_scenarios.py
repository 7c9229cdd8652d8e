"""Sizes, seats and moments are what the issue asks for."""

import random
import re
from collections import Counter

from tests.load.mixing import PER_MESSAGE, moments
from tests.load.publishing import PAGE
from tests.load.report import BEGIN
from tests.load.scenarios import SCENARIOS, SIZES, Wish, groups, wished
from tests.load.talking import Size


def test_everybody_sits_in_as_many_rooms_as_they_should_and_rooms_are_even() -> None:
    members = SIZES["many"].members()
    assert [len(room) for room in members] == [50] * 200
    assert set(Counter(person for room in members for person in room).values()) == {10}
    assert all(len(set(room)) == len(room) for room in members)


def test_one_room_holds_everybody() -> None:
    assert Size(people=3).members() == [[0, 1, 2]]


def test_a_wish_for_sockets_keeps_fifty_to_a_room() -> None:
    size = wished("many", Wish(sockets=2_000))
    assert [len(room) for room in size.members()] == [50] * 40
    assert wished("thundering", Wish(sockets=200)).rooms == 4
    assert wished("room1000", Wish(sockets=200)) == Size(people=200, per_s=2, seconds=30)


def test_fifty_people_stay_fifty_people() -> None:
    assert wished("room50", Wish(sockets=2_000, seconds=3)) == Size(50, per_s=20, seconds=3)
    assert wished("burst", Wish(seconds=3)) == Size(50)


def test_a_million_messages_a_day_are_twelve_a_second() -> None:
    assert round(SIZES["many"].per_s * 86_400, -5) == 1_000_000


def test_the_mix_has_its_proportions() -> None:
    calendar = moments(2, 100, random.Random(1))
    counts = Counter(what for _, what in calendar)
    assert counts == {what: round(200 * times) for what, times in PER_MESSAGE.items()}
    assert calendar == sorted(calendar)
    assert all(0 <= moment <= 100 for moment, _ in calendar)


def test_the_page_explains_every_scenario_and_no_other() -> None:
    named = re.findall(r"^\| `(\w+)` \| ", PAGE.read_text("utf-8").split(BEGIN)[0], re.MULTILINE)
    assert sorted(named) == sorted(SCENARIOS)


def test_what_weighs_memory_has_servers_of_its_own() -> None:
    assert groups(["room50", "many", "switch"]) == [["room50", "switch"], ["many"]]
    assert groups(["many"]) == [["many"]]
    assert groups(["burst"]) == [["burst"]]
