"""Steps skip themselves when done, and troubles are plain sentences."""

import errno
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from run import steps
from run.serve import check_port, free_port, why_not
from run.steps import ROOT, Trouble, explained, plainly, run, unless_done


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a step makes; stamps lie beside it."""
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")
    return tmp_path / "made"


def do(made: Path, mark: str) -> bool:
    """Do a step; return whether it ran."""
    with unless_done("step", mark, made) as needed:
        if needed:
            made.write_text(mark)
    return needed


def test_a_step_runs_once_for_the_same_inputs(made: Path) -> None:
    assert [do(made, "a"), do(made, "a")] == [True, False]


def test_a_step_runs_again_for_other_inputs(made: Path) -> None:
    assert [do(made, "a"), do(made, "b")] == [True, True]


def test_a_step_runs_again_when_what_it_made_is_gone(made: Path) -> None:
    do(made, "a")
    made.unlink()
    assert do(made, "a")


def test_a_step_that_failed_is_not_taken_for_done(made: Path) -> None:
    do(made, "a")
    with pytest.raises(Trouble), unless_done("step", "b", made):
        raise Trouble("no")
    assert do(made, "b")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("npm error ENOSPC: no space left on device", "The disk is full"),
        ("npm error code ENOTFOUND", "registry could not be reached"),
        ("Failed to establish a new connection: [Errno 111]", "registry could not be reached"),
    ],
)
def test_the_troubles_of_a_machine_have_plain_sentences(said: str, sentence: str) -> None:
    assert sentence in (explained(said) or "")


def test_a_failing_command_shows_its_words_and_raises_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(Trouble, match=r"It failed\."):
        run([sys.executable, "-c", "print('why'); raise SystemExit(1)"], "It failed.")
    assert "why" in capsys.readouterr().out


def test_a_missing_program_is_named() -> None:
    with pytest.raises(Trouble, match="no-such-program is not installed"):
        run(["no-such-program"], "It failed.")


def test_a_free_port_passes_and_a_busy_one_is_named() -> None:
    check_port(free_port())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is in use"):
            check_port(port)


@pytest.mark.parametrize("port", [-1, 0, 65_536, 70_000])
def test_a_port_that_is_none_is_named(port: int) -> None:
    with pytest.raises(Trouble, match=f"There is no port {port}"):
        check_port(port)


def test_a_port_for_the_administrator_is_not_called_busy() -> None:
    assert why_not(PermissionError(errno.EACCES, "no")) == "is for the administrator alone"
    assert why_not(OSError(errno.EADDRINUSE, "no")) == "is in use"


def test_a_full_disk_is_one_plain_sentence() -> None:
    with pytest.raises(SystemExit, match="The disk is full: make room"), plainly():
        Path("/dev/full").write_text("no room")


def test_any_other_error_of_ours_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), plainly():
        (tmp_path / "nothing").read_text()


def test_npm_start_on_a_busy_port_says_one_sentence_and_fails(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        command = [sys.executable, "run/start.py", "--port", str(port), "--state", str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.strip() == f"Port {port} is in use: choose another with --port."
    assert "Traceback" not in done.stderr
