"""Every caveat of a run is on its page, and none that does not hold."""

from typing import Any

from tests.load.surroundings import caveats, machine, version
from tests.load.table import goals, head, line

CALM: dict[str, Any] = {"load_before": 0.1, "arguments": "", "scenarios": {}}


def test_a_calm_run_has_the_two_caveats_of_every_run() -> None:
    assert len(caveats(CALM)) == 2


def test_another_load_is_told() -> None:
    assert any("load was 2.5" in one for one in caveats(CALM | {"load_before": 2.5}))


def test_other_sizes_are_told() -> None:
    assert any("--rounds 1" in one for one in caveats(CALM | {"arguments": "--rounds 1"}))


def test_sockets_that_the_machine_does_not_allow_are_told() -> None:
    def of(connections: float) -> dict[str, Any]:
        return {"scenarios": {"many": {"median": {"ours": {"connections": connections}}}}}

    assert len(caveats(CALM | of(10_000))) == 2
    assert any("9,250 of its 10,000" in one for one in caveats(CALM | of(9_250)))


def test_a_busy_generator_is_told_with_its_side() -> None:
    middle = {"ours": {"generator_share": 0.79}, "bare": {"generator_share": 0.81}}
    found = caveats(CALM | {"scenarios": {"burst": {"median": middle}}})
    assert [one for one in found if "`bare`" in one and "81%" in one]
    assert not [one for one in found if "`ours`" in one]


def test_the_machine_and_the_versions_are_known() -> None:
    found = machine()
    assert found["cores"] >= 1
    assert found["memory_gb"] > 0.5
    assert version("workerd")[0].isdigit()


def test_the_columns_of_the_table_stand_below_their_heads() -> None:
    row = line("room50", "ours", {"p50_ms": 5.25, "lost": 0, "generator_share": 0.1})
    assert len(row) == len(head())
    assert row.index("5.25") + 4 == head().index("p50 ms") + 6


def test_a_goal_that_is_not_met_stands_out() -> None:
    one = {"scenario": "switch", "goal": "p50 at most 30 ms", "figure": 31.0, "met": False}
    assert goals([one]).startswith("NOT MET")
    assert goals([one | {"met": True}]).startswith("met")
