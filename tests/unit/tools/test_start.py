"""npm start: who may have a folder, and how it ends in the midst of the set-up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from run.child import leashed, let_go
from run.claim import claim, turn
from run.serve import free_port
from run.start import empty, hold
from run.steps import BUILD, ROOT, Trouble
from tests.unit.tools.test_leash import alive, until

WAITING = "Another set-up is at work here: waiting for its end ...\n"
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Like npm's shell: it waits for what it started, and tells its id.
SHELL = ["sh", "-c", '"$@" & echo $!; wait', "sh"]


def start(state: Path) -> list[str]:
    """The command that starts a platform."""
    program = [sys.executable, "run/start.py", "--quick", "--fresh"]
    return [*program, "--port", str(free_port()), "--state", str(state)]


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A start by npm that waits, in its set-up, for ours to end."""
    env = {**os.environ, "npm_lifecycle_event": "start"}
    with turn(BUILD):
        process = subprocess.Popen(
            [*SHELL, *start(tmp_path)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
        )
        with process:
            yield process
            process.kill()


def told(process: subprocess.Popen[str]) -> int:
    """The id of what the shell started, once that waits."""
    assert process.stdout is not None
    lines = {process.stdout.readline(), process.stdout.readline()}
    assert WAITING in lines
    [pid] = lines - {WAITING}
    return int(pid)


def test_a_start_ends_with_npm_in_its_set_up_too(waiting: subprocess.Popen[str]) -> None:
    pid = told(waiting)
    assert alive(pid)
    waiting.kill()
    assert until(lambda: not alive(pid))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_in_the_set_up_is_no_success(tmp_path: Path, number: int, code: int) -> None:
    with turn(BUILD):
        process = subprocess.Popen(start(tmp_path), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == WAITING
            process.send_signal(number)
            assert process.wait(20) == code


def test_a_fresh_start_on_a_state_that_is_taken_says_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")
    claimed = claim(tmp_path)
    done = subprocess.run(start(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60)
    os.close(claimed)
    assert done.returncode == 1
    sentence = (
        f"Another platform runs on {tmp_path}: end it, or choose another folder with --state."
    )
    assert done.stderr.strip() == sentence
    assert (tmp_path / "kept").exists()


def test_a_state_is_free_when_the_last_child_that_keeps_it_has_ended(tmp_path: Path) -> None:
    claimed = claim(tmp_path)
    child = leashed(SLEEP, keep=(claimed,))
    os.close(claimed)
    with pytest.raises(Trouble, match="Another platform runs on"):
        claim(tmp_path)
    let_go(child)
    os.close(claim(tmp_path))


def test_emptying_a_state_keeps_the_claim_on_it(tmp_path: Path) -> None:
    (tmp_path / "v3").mkdir()
    (tmp_path / "v3" / "d1").write_text("x")
    (tmp_path / "demo.stamp").write_text("x")
    claimed = claim(tmp_path)
    empty(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Trouble, match="Another platform runs on"):
        claim(tmp_path)
    os.close(claimed)


def test_the_child_that_ended_is_named() -> None:
    lives, ended = leashed(SLEEP), leashed([sys.executable, "-c", ""])
    with pytest.raises(Trouble, match="The watch of the pages ended by itself"):
        hold({"wrangler dev": lives, "The watch of the pages": ended})
    for child in (lives, ended):
        let_go(child)
