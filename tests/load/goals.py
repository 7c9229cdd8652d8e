"""What the platform is to reach, each beside the figure of the run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    """A bound on one figure: `where` leads to it from the scenario's results."""

    scenario: str
    text: str
    where: tuple[str, ...]
    bound: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Say whether a figure keeps the bound."""
        return value >= self.bound if self.at_least else value <= self.bound


OURS = ("median", "ours")
GOALS = (
    Goal("room50", "p50 at most 1.25 times the bare room's", ("ratio", "p50_ms"), 1.25),
    Goal("room50", "p99 at most 1.5 times the bare room's", ("ratio", "p99_ms"), 1.5),
    Goal("room50", "p99 below 100 ms", (*OURS, "p99_ms"), 100),
    Goal(
        "room50",
        "CPU per delivery at most the bare room's",
        ("ratio", "cpu_us_per_delivery"),
        1.0,
    ),
    Goal(
        "burst",
        "deliveries a second at least twice the bare room's",
        ("ratio", "deliveries_per_s"),
        2.0,
        at_least=True,
    ),
    Goal(
        "burst",
        "CPU per delivery at most the bare room's",
        ("ratio", "cpu_us_per_delivery"),
        1.0,
    ),
    Goal("many", "p99 below 100 ms", (*OURS, "p99_ms"), 100),
    Goal(
        "many",
        "memory per connection at most 1.1 times the bare room's",
        ("ratio", "kb_per_connection"),
        1.1,
    ),
    Goal("thundering", "everybody recovered within 15 s", (*OURS, "recovered_s"), 15),
    Goal("switch", "p50 at most 30 ms", (*OURS, "p50_ms"), 30),
)


def judged(scenarios: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each goal whose figure was measured, with the figure and whether it is met."""
    found = []
    for goal in GOALS:
        value = figure(scenarios.get(goal.scenario), goal.where)
        if value is not None:
            one = {"scenario": goal.scenario, "goal": goal.text, "figure": value}
            found.append(one | {"met": goal.met(value)})
    return found


def figure(results: Any, where: tuple[str, ...]) -> float | None:
    """Return a figure of a scenario's results, or None where it was not measured."""
    for name in where:
        if not isinstance(results, Mapping) or name not in results:
            return None
        results = results[name]
    return float(results)
