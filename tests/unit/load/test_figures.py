"""Percentiles by the nearest rank, medians over rounds, ratios within a run."""

import pytest

from tests.load.figures import curve, medians, percentile, ratios, spread

TEN = [n * 1_000_000 for n in range(1, 11)]


@pytest.mark.parametrize(
    ("share", "value"), [(0, 1), (10, 1), (50, 5), (51, 6), (95, 10), (99, 10), (100, 10)]
)
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(TEN, share) == value * 1_000_000


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_a_spread_is_in_milliseconds() -> None:
    assert spread(TEN) == {"p50_ms": 5.0, "p95_ms": 10.0, "p99_ms": 10.0, "max_ms": 10.0}


def test_a_curve_rises_to_its_maximum() -> None:
    points = curve(TEN)
    assert points == sorted(points)
    assert points[-1] == (100.0, 10.0)


def test_medians_are_of_what_every_round_has() -> None:
    first: dict[str, object] = {"a": 1, "b": 5, "curve": [1], "ok": True}
    assert medians([first, {"a": 9, "b": 7, "ok": True}, {"a": 2, "ok": True}]) == {"a": 2}


def test_ratios_are_of_a_servers_figures_alone() -> None:
    ours = {"p50_ms": 5.0, "late_ms": 4.0, "lost": 0, "sent": 10, "kb_per_connection": 3.0}
    bare = {"p50_ms": 4.0, "late_ms": 2.0, "lost": 0, "sent": 10, "kb_per_connection": 0.0}
    assert ratios(ours, bare) == {"p50_ms": 1.25}
