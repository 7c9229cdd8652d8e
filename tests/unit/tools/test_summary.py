"""The summary of npm test tells the truth: real pytest runs on small test folders."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from run.steps import ROOT
from run.test import wanted

PASSES = "def test_it():\n    assert True\n"
SKIPS = "import pytest\n\n\n@pytest.mark.skip\ndef test_it():\n    pass\n"
FAILS = "def test_it():\n    assert False\n"
BROKEN = "import no_such_module\n"


def outcome(folder: Path, tests: dict[str, str], layers: list[str]) -> tuple[int, list[str]]:
    """Run pytest with the plugin on these tests; return its exit code and what it printed."""
    for layer, text in tests.items():
        (folder / "tests" / layer).mkdir(parents=True)
        (folder / "tests" / layer / "test_it.py").write_text(text)
    told = json.dumps({"before": [{"layer": "ruff", "seconds": 1.0, "ok": True}], "layers": layers})
    env = {**os.environ, "VEGVISR_LAYERS": told, "PYTHONPATH": str(ROOT)}
    env["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take seconds to load and are not needed
    command = [sys.executable, "-m", "pytest", "-q", "-p", "run.summary", "tests"]
    command += ["--import-mode=importlib", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout.strip().splitlines()


def test_every_layer_stands_above_pytests_closing_line(tmp_path: Path) -> None:
    layers = {"unit": PASSES, "e2e": PASSES}
    code, lines = outcome(tmp_path, layers, [*layers])
    assert code == 0
    assert "2 passed" in lines[-1]
    told = [line.split()[:2] for line in lines[-4:-1]]
    assert told == [["ruff", "ok"], ["unit", "ok"], ["e2e", "ok"]]


@pytest.mark.parametrize("text", [SKIPS, FAILS, BROKEN, ""])
def test_a_layer_that_skips_fails_breaks_or_is_empty_fails_the_run(
    tmp_path: Path, text: str
) -> None:
    code, lines = outcome(tmp_path, {"unit": PASSES, "e2e": text}, ["unit", "e2e"])
    assert code != 0
    assert any(line.split()[:2] == ["e2e", "FAILED"] for line in lines)


def test_a_layer_is_left_out_only_by_its_name() -> None:
    assert wanted([], fast=False)[-1] == "e2e"
    assert "e2e" not in wanted(["e2e"], fast=False)
    assert not {"integration", "e2e"} & set(wanted([], fast=True))
    with pytest.raises(Exception, match="There is no layer e2"):
        wanted(["e2"], fast=False)
