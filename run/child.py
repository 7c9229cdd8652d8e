"""Children that end when we do, however we end: each runs on a leash (run/leash.py)."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

LEASH = Path(__file__).with_name("leash.py")


def leashed(
    command: list[str],
    env: dict[str, str] | None = None,
    stdout: IO[str] | int | None = None,
    stderr: IO[str] | None = None,
    keep: tuple[int, ...] = (),
    folder: Path = LEASH.parent.parent,
) -> subprocess.Popen[bytes]:
    """Start a command that ends, with all that it starts, when we end or close its stdin.

    It runs in `folder`. Its leash, which ends last, keeps the file descriptors `keep` open.
    """
    return subprocess.Popen(
        [sys.executable, str(LEASH), *command],
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=stderr,
        pass_fds=keep,
        start_new_session=True,
    )


def let_go(process: subprocess.Popen[bytes]) -> None:
    """End a leashed command and wait until nothing of it is left."""
    if process.stdin:
        process.stdin.close()
    process.wait(10)


def finished(
    command: list[str], env: dict[str, str] | None = None, silent: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a command on the leash to its end; return its code and, when silent, what it said."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        streams = (out, err) if silent else (None, None)
        process = leashed(command, env, *streams)
        try:
            code = process.wait()
        finally:
            let_go(process)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, code, out.read(), err.read())
