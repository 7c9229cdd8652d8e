"""How fast somebody may go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pace import FLOOD_AFTER, Bucket, Pace, full, is_flood, pace_of, spend, wait_ms

SLOW = Pace(burst=3, per_second=1.0)


def spent(times: int, at: int = 0) -> Bucket:
    bucket = full(SLOW, 0)
    for _ in range(times):
        bucket = spend(bucket, SLOW, 1.0, at)
    return bucket


def test_a_burst_passes_and_the_next_one_waits() -> None:
    assert spent(3).passed
    assert not spent(4).passed


def test_what_was_refused_costs_nothing_and_comes_back_with_time() -> None:
    empty = spent(4)
    assert wait_ms(empty, SLOW, 1.0) == 1_000
    assert not spend(empty, SLOW, 1.0, 999).passed
    assert spend(empty, SLOW, 1.0, 1_000).passed


def test_who_goes_on_and_on_is_a_flood() -> None:
    assert not is_flood(spent(3 + FLOOD_AFTER - 1))
    assert is_flood(spent(3 + FLOOD_AFTER))


def test_the_few_that_pass_in_between_do_not_excuse_a_flood() -> None:
    bucket = full(SLOW, 0)
    for number in range(3 + 2 * FLOOD_AFTER):
        bucket = spend(bucket, SLOW, 1.0, number * 100)
    assert is_flood(bucket)


def test_who_slows_down_is_forgiven() -> None:
    bucket = spent(3 + FLOOD_AFTER - 1)
    for second in range(1, FLOOD_AFTER):
        bucket = spend(bucket, SLOW, 1.0, second * 1_000)
    assert bucket.passed and bucket.excess == 0


@given(st.lists(st.integers(0, 60_000), max_size=60).map(sorted))
def test_never_more_than_the_burst_and_what_time_gives(moments: list[int]) -> None:
    bucket, passed = full(SLOW, 0), 0
    for moment in moments:
        bucket = spend(bucket, SLOW, 1.0, moment)
        passed += bucket.passed
        assert passed <= SLOW.burst + moment / 1000 * SLOW.per_second + 1e-6


def test_a_clock_that_jumps_back_gives_nothing_and_breaks_nothing() -> None:
    assert not spend(spent(3, at=5_000), SLOW, 1.0, 1_000).passed


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, Pace()),
        ({"pace": {"burst": 5, "per_second": 0.5}}, Pace(5, 0.5)),
        ({"pace": {"burst": 0, "per_second": -1}}, Pace()),
        ({"pace": {"burst": "many"}}, Pace()),
        ({"pace": "fast"}, Pace()),
    ],
)
def test_a_room_may_set_its_pace_and_nonsense_stays_as_usual(
    settings: dict[str, object], expected: Pace
) -> None:
    assert pace_of(settings) == expected
