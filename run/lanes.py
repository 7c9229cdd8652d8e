"""A pytest plugin: some layers of npm test run in lanes of their own, beside each other.

A lane is a pytest of its own with platforms of its own. What it reports counts and is shown here,
as if this pytest had run it. What needs the machine for itself follows when all lanes have ended.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from run.child import leashed, let_go
from run.test import PYTEST

LANES: list[list[str]] = json.loads(os.environ.get("VEGVISR_LANES", "[]"))

Lines = queue.Queue[str | None]


class Lane:
    """A pytest for some folders, whose reports come line by line, then a None."""

    def __init__(self, folders: list[str], lines: Lines):
        self.folders = folders
        self.place = tempfile.TemporaryDirectory()
        self.said = Path(self.place.name, "said")
        command = [sys.executable, *PYTEST, "-p", "run.lane", *folders]
        here = Path.cwd()
        with self.said.open("w") as said:
            self.process = leashed(command, stdout=subprocess.PIPE, stderr=said, folder=here)
        threading.Thread(target=self.read, args=(lines,), daemon=True).start()

    def read(self, lines: Lines) -> None:
        """Read until it ends."""
        assert self.process.stdout is not None
        with self.process.stdout as reports:
            for line in reports:
                lines.put(line.decode())
        lines.put(None)

    def end(self) -> str:
        """End it; return what it said if it ended in another way than with its last test."""
        code = self.process.wait(20)
        let_go(self.process)
        with self.place:
            return self.said.read_text("utf-8") if code not in (0, 1) else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, Any, Any]:
    """Run the lanes, then the tests of our own."""
    lines: Lines = queue.Queue()
    lanes = [Lane(folders, lines) for folders in LANES]
    try:
        for _ in lanes:
            for line in iter(lines.get, None):
                replay(session, json.loads(line))
    except BaseException:
        for lane in lanes:
            let_go(lane.process)
        raise
    for lane in lanes:
        if said := lane.end():
            print(f"\n{' '.join(lane.folders)} ended early:\n{said[-8_000:]}", flush=True)
            session.testsfailed += 1
    return (yield)


def replay(session: pytest.Session, told: Any) -> None:
    """Take what a lane told for our own."""
    if isinstance(told, int):
        session.testscollected += told
        return
    hook = session.config.hook
    report = hook.pytest_report_from_serializable(config=session.config, data=told)
    if isinstance(report, pytest.CollectReport):
        hook.pytest_collectreport(report=report)
    else:
        hook.pytest_runtest_logreport(report=report)
