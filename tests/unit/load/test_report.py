"""The page says what was measured, and the page that is kept says what its figures say."""

import json
from typing import Any

import pytest

from tests.load.publishing import FIGURES, PAGE, written
from tests.load.report import BEGIN, END, number, put_in, render

OURS = {"p50_ms": 5.25, "lost": 0, "generator_share": 0.1}
BARE = {"p50_ms": 4.2, "lost": 0, "generator_share": 0.1}
MIX = {"p50_ms": 9.0, "actions": {"switch": {"count": 13, **dict.fromkeys(
    ("p50_ms", "p95_ms", "p99_ms", "max_ms"), 20.5)}}}  # fmt: skip
RUN: dict[str, Any] = {
    "date": "2026-11-22 20:00 UTC",
    "commit": "849a3fcbd85f",
    "versions": {"workerd": "1.2.3"},
    "machine": {"processor": "A", "cores": 2, "memory_gb": 23.5, "kernel": "Linux 6"},
    "goals": [{"scenario": "room50", "goal": "p99 below 100 ms", "figure": 140.0, "met": False}],
    "caveats": ["It was a Tuesday."],
    "plots": {"room50": "images/performance/room50.svg"},
    "scenarios": {
        "room50": {
            "what": "fifty people",
            "later": [],
            "rounds": {"ours": [OURS] * 3, "bare": [BARE] * 3},
            "median": {"ours": OURS, "bare": BARE},
            "ratio": {"p50_ms": 1.25},
        },
        "mix": {
            "what": "everything",
            "later": ["drafts 1"],
            "rounds": {"ours": [MIX]},
            "median": {"ours": {"p50_ms": 9.0}},
        },
    },
}


@pytest.mark.parametrize(
    "line",
    [
        "Measured 2026-11-22 20:00 UTC at commit `849a3fcbd85f` with workerd 1.2.3.",
        "| `room50` | p99 below 100 ms | 140 | **no** |",
        "### room50: fifty people",
        "Medians over 3 rounds, sides in turn.",
        "| | ours | bare room | ratio |",
        "| p50, ms | 5.25 | 4.20 | 1.25 |",
        "| lost | 0 | 0 |  |",
        "![fifty people](images/performance/room50.svg)",
        "| | ours |",
        "| switch | 13 | 20.5 | 20.5 | 20.5 | 20.5 |",
        "Not in it yet, for a message posted: drafts 1.",
        "- It was a Tuesday.",
    ],
)
def test_the_page_has_a_line_for_it(line: str) -> None:
    assert line in render(RUN).splitlines()


def test_a_figure_that_was_not_measured_is_not_on_the_page() -> None:
    assert "deliveries" not in render(RUN)
    assert "memory for" not in render(RUN)


def test_a_picture_that_was_not_drawn_is_not_linked() -> None:
    assert "![everything]" not in render(RUN)
    assert "![" not in render(RUN | {"plots": {}})


def test_only_the_part_between_the_marks_is_replaced() -> None:
    before = f"Above.\n{BEGIN}\nold\n{END}\nBelow.\n"
    assert put_in(before, "new\n") == f"Above.\n{BEGIN}\n\nnew\n\n{END}\nBelow.\n"
    assert put_in(put_in(before, "new\n"), "new\n") == put_in(before, "new\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234.0, "1,234"), (1234.5, "1,234"), (12.34, "12.3"), (0.456, "0.46")],
)
def test_a_figure_has_three_digits_that_count(value: float, text: str) -> None:
    assert number(value) == text


def test_what_is_written_reads_back_the_same() -> None:
    run = RUN | {"curve": [[0, 1.5], [99.91, -2.0]], "timeline": [1, 2, 3], "text": "[1, 2]"}
    assert json.loads(written(run)) == run
    assert "[[0, 1.5], [99.91, -2.0]]" in written(run).replace("[ [", "[[").replace("] ]", "]]")


def test_the_kept_page_says_what_its_figures_say() -> None:
    """Before the first run is published there is nothing between the marks."""
    kept = PAGE.read_text("utf-8")
    if FIGURES.is_file():
        assert put_in(kept, render(json.loads(FIGURES.read_text("utf-8")))) == kept
    else:
        assert f"{BEGIN}\n{END}" in kept
