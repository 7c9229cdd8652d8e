"""What a round is made of: parts of a crowd, a timeline, patience, and the figures by name."""

from typing import Any

import pytest

from tests.load.ledger import Account, Sent
from tests.load.stage import Stage, eventually, figures, parts, timeline

MS = 1_000_000


class Nobody:
    """A server that nothing is asked of."""

    name = "nobody"
    pid = 0


def stage(each: int = 1, weighs: bool = False) -> Stage:
    """Two rooms with two people each; three messages in the first, one in the second."""
    nobody: Any = Nobody()
    made = Stage(nobody, "m", [[0, 1] * each, [1, 2] * each], weighs)
    made.post.sent += [Sent(0, 0), Sent(0, 0), Sent(0, 0), Sent(1, 500 * MS)]
    made.cost = {"generator_share": 0.5}
    made.cost["cpu_s"] = {"runtime": 0.004, "proxy": 0.002, "wrangler": 0.0, "other": 0.0}
    made.memory = {"runtime": 40.0, "proxy": 20.0}
    return made


@pytest.mark.parametrize("size", [1, 9, 10, 11, 95, 1_000])
def test_a_crowd_comes_in_at_most_ten_parts_and_nobody_is_left_out(size: int) -> None:
    crowd: list[Any] = list(range(size))
    found = list(parts(crowd))
    assert len(found) <= 10
    assert [one for part in found for one in part] == crowd


def test_a_timeline_counts_in_steps_of_20_ms_and_ends_with_the_last() -> None:
    arrivals = [100 * MS, 119 * MS, 120 * MS, 161 * MS]
    assert timeline(arrivals, began_ns=100 * MS) == [2, 1, 0, 1]
    assert timeline([100 * MS, 9_000 * MS], began_ns=100 * MS) == [1]


async def test_patience_ends() -> None:
    looks = iter([False, False, True])
    assert await eventually(lambda: next(looks), 5, look_s=0)
    assert not await eventually(lambda: False, 0, look_s=0)


def test_a_message_is_due_at_everyone_in_its_room_who_still_counts() -> None:
    made = stage()
    assert made.due() == 3 * 2 + 1 * 2
    made.keep(made.receivers[:3])
    assert made.due() == 3 * 2 + 1 * 1


def test_the_figures_are_per_delivery_and_per_second() -> None:
    found = Account(latencies_ns=[2 * MS] * 8, arrivals_ns=[1_000 * MS] * 8, expected=8)
    result = figures(stage(), found)
    assert (result["connections"], result["rooms"], result["sent"]) == (4, 2, 4)
    assert (result["deliveries"], result["seconds"], result["deliveries_per_s"]) == (8, 1.0, 8.0)
    assert result["cpu_us_per_delivery"] == 750.0
    assert (result["cpu_us_runtime"], result["cpu_us_proxy"]) == (500.0, 250.0)
    assert result["p99_ms"] == 2.0


def test_memory_is_not_told_of_a_few_sockets() -> None:
    result = figures(stage(weighs=True), Account())
    assert "kb_per_connection" not in result
    assert "p50_ms" not in result


def test_memory_is_told_of_many_sockets() -> None:
    assert figures(stage(each=125, weighs=True), Account())["kb_per_connection"] == 60.0
    assert "kb_per_connection" not in figures(stage(each=125), Account())
