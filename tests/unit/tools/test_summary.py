"""The summary of npm test tells the truth: real pytest runs on small test folders."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from run.steps import ROOT
from run.test import PYTEST, PYTEST_LAYERS, split, wanted

PASSES = "def test_it():\n    assert True\n"
SKIPS = "import pytest\n\n\n@pytest.mark.skip\ndef test_it():\n    pass\n"
FAILS = "def test_it():\n    assert False\n"
BROKEN = "import no_such_module\n"
DIES = "import os\n\n\ndef test_it():\n    os._exit(3)\n"


def outcome(folder: Path, tests: dict[str, str], *lanes: str) -> tuple[int, list[str]]:
    """Run pytest with our plugins on these tests, some of them in lanes of their own; return its
    exit code and what it printed."""
    for layer, text in tests.items():
        (folder / "tests" / layer).mkdir(parents=True)
        (folder / "tests" / layer / "test_it.py").write_text(text)
    before = [{"layer": "ruff", "seconds": 1.0, "ok": True}]
    env = {
        **os.environ,
        "VEGVISR_LAYERS": json.dumps({"before": before, "layers": [*tests]}),
        "VEGVISR_LANES": json.dumps([[f"tests/{lane}"] for lane in lanes]),
        "PYTHONPATH": str(ROOT),
        "PYTEST_ADDOPTS": "--import-mode=importlib -p no:cacheprovider",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # they take seconds to load and are not needed
    }
    alone = [f"tests/{layer}" for layer in tests if layer not in lanes]
    command = [sys.executable, *PYTEST, "-p", "run.summary", "-p", "run.lanes", *alone]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout.strip().splitlines()


@pytest.mark.parametrize("lanes", [(), ("unit",)])
def test_every_layer_stands_above_pytests_closing_line(
    tmp_path: Path, lanes: tuple[str, ...]
) -> None:
    code, lines = outcome(tmp_path, {"unit": PASSES, "e2e": PASSES}, *lanes)
    assert code == 0
    assert lines[0].endswith("[100%]")
    assert "2 passed" in lines[-1]
    told = [line.split()[:2] for line in lines[-4:-1]]
    assert told == [["ruff", "ok"], ["unit", "ok"], ["e2e", "ok"]]


@pytest.mark.parametrize(
    ("text", "lanes"),
    [(SKIPS, []), (FAILS, []), (BROKEN, []), ("", []), (BROKEN, ["e2e"]), (DIES, ["e2e"])],
)
def test_a_layer_that_skips_fails_breaks_is_empty_or_dies_fails_the_run(
    tmp_path: Path, text: str, lanes: list[str]
) -> None:
    code, lines = outcome(tmp_path, {"unit": PASSES, "e2e": text}, *lanes)
    assert code != 0
    assert any(line.split()[:2] == ["e2e", "FAILED"] for line in lines)


def test_what_failed_in_a_lane_is_shown_as_if_it_had_run_here(tmp_path: Path) -> None:
    _, lines = outcome(tmp_path, {"unit": PASSES, "e2e": FAILS}, "e2e")
    assert "E       assert False" in lines
    assert any(line.startswith("FAILED tests/e2e/test_it.py::test_it") for line in lines)
    assert lines[-1].startswith("1 failed, 1 passed")


def test_every_layer_runs_once_in_a_lane_or_alone() -> None:
    assert split(["unit"]) == ([], ["tests/unit"])
    assert split(["integration"]) == ([], ["tests/integration"])
    lanes, alone = split(PYTEST_LAYERS)
    assert alone == ["tests/faults", "tests/e2e"]
    assert sorted([*lanes[0], *lanes[1]]) == [
        "tests/conformance",
        "tests/fuzz",
        "tests/integration",
        "tests/unit",
    ]


def test_a_layer_is_left_out_only_by_its_name() -> None:
    assert wanted([], fast=False)[-1] == "e2e"
    assert "e2e" not in wanted(["e2e"], fast=False)
    assert not {"integration", "e2e"} & set(wanted([], fast=True))
    with pytest.raises(Exception, match="There is no layer e2"):
        wanted(["e2"], fast=False)
