"""What docs/reliability.md tells was measured, and nothing else is told."""

import json
from collections import Counter
from pathlib import Path

from tests.faults.measured import MEASURED, PAGE, measured, told, told_in
from tests.faults.plan import FAULTS
from tests.faults.playing import Verdict
from tests.faults.striking import FAULTS as STRIKES
from tests.faults.striking import MEASURES
from tests.faults.views import Broken

GOOD = Verdict(
    seed=7,
    file=Path("history.jsonl"),
    seconds=60.4,
    operations=100,
    acknowledged=90,
    told_to_nobody=2,
    times=Counter(kill=2, doubled=5),
    effects=Counter(kill=9, doubled=5),
)
BAD = Verdict(
    seed=8,
    file=Path("history.jsonl"),
    times=Counter(kill=1, cut=3),
    effects=Counter(kill=4),
    broken=[Broken("lost", "garden", "a1")],
)


def test_every_fault_has_a_way_and_a_measure() -> None:
    assert {*STRIKES, "doubled"} == set(FAULTS) == set(MEASURES)


def test_a_run_is_summed_up() -> None:
    found = measured([GOOD, BAD], "no right to mount")
    assert (found["first_seed"], found["histories"], found["operations"]) == (7, 2, 100)
    assert found["faults"]["kill"] == {"times": 3, "effect": 13, "measure": "sockets lost"}
    assert found["histories_with_every_promise_kept"] == 1
    assert found["broken"] == ["seed 8: lost in garden: a1"]
    assert found["without_effect"] == ["seed 8: cut"]
    assert "clock" not in found["faults"]


def test_the_page_tells_it_all_and_keeps_what_people_wrote() -> None:
    found = measured([GOOD, BAD], "no right to mount")
    page = told_in("# Before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n", found)
    assert page.startswith("# Before\n<!-- measured -->\n")
    assert page.endswith("<!-- /measured -->\nafter\n")
    assert "\nold\n" not in page
    for words in ("**1 of 2 histories", "lost in garden", "| `kill` | 3 | 13 sockets lost |"):
        assert words in page
    assert "no right to mount" in page
    assert told_in(page, found) == page


def test_the_page_is_what_was_measured() -> None:
    if MEASURED.is_file():
        found = json.loads(MEASURED.read_text("utf-8"))
        assert told(found) in PAGE.read_text("utf-8")
    else:
        assert "Nothing yet" in PAGE.read_text("utf-8")
