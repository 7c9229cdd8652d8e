"""The checker of tests/faults sees each promise break: a true history passes, a false one never."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.checker import told_to_nobody
from tests.faults.history import Answered, History, line, read
from tests.unit.faults.breaks import BREAKS
from tests.unit.faults.made import LOG, Made, message, page, usual, welcome


def test_a_true_history_passes() -> None:
    made = usual()
    assert made.verdict() == []
    assert made.truth().log == LOG


def test_the_same_frame_twice_is_answered_twice_and_that_is_no_double() -> None:
    made = usual()
    made.asks("ada", "a2", attempt=2)
    made.hears("ada", 3, LOG[3])
    made.gets("ada", "a2", seq=4)
    assert made.verdict() == []


def test_what_is_unknown_may_be_there_or_not() -> None:
    made = usual()
    made.asks("ben", "b2")
    made.gets("ben", "b2", "unknown")
    assert made.verdict() == []
    made.log.append(message(5, "ben", "b2"))
    for who, number in (("ada", 3), ("ben", 2)):
        made.hears(who, number, made.log[4])
    assert made.verdict() == []


def test_too_far_behind_is_fair_after_a_thousand_entries() -> None:
    made = Made()
    made.log = [message(n, "ada", f"a{n}") for n in range(1, 1_103)]
    for event in made.log:
        made.asks("ada", event["ref"])
    far = {"type": "too_far_behind", "after": 1, "head_seq": 1_102}
    made.changes = {"members": {"ada", "ben"}}
    made.opens("ben", 1, welcome(1_102), far, page(*made.log[-50:]), after=1)
    assert made.verdict() == []
    made.opens("ben", 2, welcome(1_102), far, page(*made.log[-50:]), after=102)
    assert made.rules() == {"too far behind"}


@pytest.mark.parametrize("breaks", BREAKS, ids=lambda breaks: breaks.__name__)
def test_a_broken_promise_is_seen(breaks: Callable[[Made], None]) -> None:
    made = usual()
    breaks(made)
    assert BREAKS[breaks] in made.rules()


# What else is told


def test_a_kill_between_writing_and_telling_is_counted() -> None:
    made = usual()
    made.asks("ben", "b2")
    made.killed()
    made.gets("ben", "b2", "unknown")
    made.log.append(message(5, "ben", "b2"))
    made.opens("ben", 8, welcome(5, resumed=True), page(made.log[4]), after=4)
    assert told_to_nobody(made.entries, [made.truth()]) == 1


def test_what_was_sent_again_after_the_kill_is_no_evidence() -> None:
    made = usual()
    made.asks("ben", "b2")
    made.killed()
    made.asks("ben", "b2", attempt=2)
    made.log.append(message(5, "ben", "b2"))
    made.hears("ben", 2, made.log[4])
    assert told_to_nobody(made.entries, [made.truth()]) == 0


def test_what_was_on_its_way_when_the_kill_came_was_told() -> None:
    made = usual()
    made.asks("ben", "b2")
    made.killed()
    made.log.append(message(5, "ben", "b2"))
    made.hears("ada", 3, made.log[4])
    assert told_to_nobody(made.entries, [made.truth()]) == 0


def test_a_history_is_read_back_as_it_was() -> None:
    entries = usual().entries
    assert read(map(line, entries)) == entries


def test_the_recorder_keeps_the_order_and_the_file(tmp_path: Path) -> None:
    history = History(tmp_path / "history.jsonl")
    first = Answered(1.0, "ada", "garden", "post", "a1", "ok", 1)
    history.note(first)
    history.note(replace(first, seq=2))
    history.close()
    assert read((tmp_path / "history.jsonl").read_text("utf-8").splitlines()) == history.entries
    assert [history.next_connection(), history.next_connection()] == [1, 2]
