"""A run becomes part of the documents: its figures, its pictures, and the page that shows them."""

import json
import re
from typing import Any

from run.steps import ROOT
from tests.load.plots import draw_all
from tests.load.report import put_in, render

FIGURES = ROOT / "docs" / "measured" / "performance.json"
PICTURES = ROOT / "docs" / "images" / "performance"
PAGE = ROOT / "docs" / "performance.md"


def publish(run: dict[str, Any]) -> None:
    """Write docs/measured/performance.json, docs/images/performance and docs/performance.md."""
    run["plots"] = draw_all(run["scenarios"], PICTURES)
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(written(run), "utf-8")
    PAGE.write_text(put_in(PAGE.read_text("utf-8"), render(run)), "utf-8")


def written(run: dict[str, Any]) -> str:
    """Return a run as JSON, its long lists of numbers each on one line."""
    text = json.dumps(run, indent=1, ensure_ascii=False)
    pair = re.compile(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]")
    numbers = re.compile(r"\[(?:\s+(?:-?[\d.]+|\[-?[\d.]+, -?[\d.]+\]),?)+\s+\]")
    text = pair.sub(r"[\1, \2]", text)
    return numbers.sub(lambda found: re.sub(r"\s+", " ", found[0]), text) + "\n"
