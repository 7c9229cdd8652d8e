"""Nothing is left behind: real processes, really killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from run.child import leashed, let_go

# A parent that starts a grandchild deaf to polite words, and writes down both ids.
DEAF = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid} ")
time.sleep(60)
"""
HOLDER = """
import os, sys
sys.path.insert(0, os.getcwd())
from run.child import leashed
from run.steps import run
"""
SERVES = HOLDER + "leashed(sys.argv[1:]).wait()"
SETS_UP = HOLDER + "run(sys.argv[1:], 'It failed.')"


def until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Wait for a predicate; return what it said last."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def alive(pid: int) -> bool:
    """Say whether a process runs; one that only waits to be collected does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # it may end between opening and reading
        return False


def ids(file: Path) -> list[int]:
    """Return the ids that the deaf family wrote down."""
    assert until(lambda: file.is_file() and file.read_text().endswith(" "))
    return [int(pid) for pid in file.read_text().split()]


def test_letting_go_ends_even_the_deaf(tmp_path: Path) -> None:
    file = tmp_path / "ids"
    held = leashed([sys.executable, "-c", DEAF, str(file)], dict(os.environ))
    family = ids(file)
    assert all(alive(pid) for pid in family)
    let_go(held)
    assert until(lambda: not any(alive(pid) for pid in family))


@pytest.mark.parametrize("holds", [SERVES, SETS_UP], ids=["serving", "setting up"])
def test_killing_the_holder_ends_all_it_held(tmp_path: Path, holds: str) -> None:
    file = tmp_path / "ids"
    command = [sys.executable, "-c", holds, sys.executable, "-c", DEAF, str(file)]
    holder = subprocess.Popen(command)
    family = ids(file)
    assert all(alive(pid) for pid in family)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert until(lambda: not any(alive(pid) for pid in family))


def test_a_command_that_ends_by_itself_passes_on_its_code() -> None:
    held = leashed([sys.executable, "-c", "raise SystemExit(7)"], dict(os.environ))
    assert held.wait(20) == 7
    let_go(held)
