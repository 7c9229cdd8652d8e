"""A goal is met, not met, or not spoken of when its figure was not measured."""

from tests.load.goals import GOALS, judged


def test_what_was_not_measured_is_not_judged() -> None:
    assert judged({}) == []
    assert judged({"switch": {"median": {"bare": {"p50_ms": 1.0}}}}) == []


def test_a_bound_is_a_bound() -> None:
    met = judged({"switch": {"median": {"ours": {"p50_ms": 30.0}}}})
    missed = judged({"switch": {"median": {"ours": {"p50_ms": 30.1}}}})
    assert [one["met"] for one in met + missed] == [True, False]


def test_more_deliveries_are_better() -> None:
    met = judged({"burst": {"ratio": {"deliveries_per_s": 2.5}}})
    missed = judged({"burst": {"ratio": {"deliveries_per_s": 1.9}}})
    assert [one["met"] for one in met + missed] == [True, False]


def test_every_goal_is_judged_by_its_own_figure() -> None:
    scenarios: dict[str, dict[str, dict[str, object]]] = {}
    for goal in GOALS:
        place: dict[str, object] = scenarios.setdefault(goal.scenario, {})  # type: ignore[assignment]
        for name in goal.where[:-1]:
            place = place.setdefault(name, {})  # type: ignore[assignment]
        place[goal.where[-1]] = goal.bound
    found = judged(scenarios)
    assert len(found) == len(GOALS)
    assert all(one["met"] for one in found)
