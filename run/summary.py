"""A pytest plugin: one line for each layer of npm test, above pytest's own closing line.

It also fails the run when a layer ran no test or skipped one: nothing is left out unasked.
"""

import json
import os
from collections import defaultdict
from dataclasses import dataclass

import pytest


@dataclass
class Layer:
    """What happened in one of pytest's layers."""

    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def ok(self) -> bool:
        """Say whether tests ran, all of them, and passed."""
        return self.passed > 0 and self.failed == 0 and self.skipped == 0


LAYERS: defaultdict[str, Layer] = defaultdict(Layer)
TOLD = json.loads(os.environ.get("VEGVISR_LAYERS", '{"before": [], "layers": []}'))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test for its layer: the folder below tests/."""
    layer = LAYERS[report.nodeid.split("/")[1]]
    layer.seconds += report.duration
    layer.failed += report.failed
    layer.skipped += report.skipped
    layer.passed += report.passed and report.when == "call"


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Count a file that cannot be collected for its layer."""
    if report.failed:
        LAYERS[[*report.nodeid.split("/"), "", ""][1]].failed += 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run for a layer that ran no test or skipped one."""
    if not all(LAYERS[name].ok for name in TOLD["layers"]):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def line(name: str, ok: bool, seconds: float, more: str = "") -> str:
    """Return one line of the summary."""
    return f"{name:<12} {'ok' if ok else 'FAILED':<7} {seconds:7.1f} s  {more}".rstrip()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every layer with its result and its seconds."""
    terminalreporter.section("layers")
    for told in TOLD["before"]:
        terminalreporter.write_line(line(told["layer"], told["ok"], told["seconds"]))
    for name in TOLD["layers"]:
        layer = LAYERS[name]
        counts = f"{layer.passed} passed, {layer.failed} failed, {layer.skipped} skipped"
        terminalreporter.write_line(line(name, layer.ok, layer.seconds, counts))
