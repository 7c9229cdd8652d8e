"""One line for each step of the set-up, and the stamps that let a step be skipped."""

import contextlib
import hashlib
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from run.child import finished

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
STAMPS = BUILD / "stamps"
QUIET = {"__pycache__", "node_modules", "dist", ".vite"}


class Trouble(Exception):
    """The set-up cannot go on; the text says why in one plain sentence."""


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """End with one plain sentence and code 1 at a Trouble, and at a disk that is full for us."""
    try:
        yield
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except OSError as problem:
        sentence = explained(str(problem))
        if sentence is None:
            raise
        sys.exit(f"\n{sentence}")


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Print what is done and the seconds that it took."""
    sys.stdout.write(f"{title} ...")
    sys.stdout.flush()
    start = time.monotonic()
    try:
        yield
    except BaseException:
        sys.stdout.write("\n")
        raise
    print(f" {time.monotonic() - start:.1f} s", flush=True)


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files among the paths and below them, in order, without what is generated."""
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and not QUIET & set(file.relative_to(ROOT).parts):
                    yield file


def fingerprint(paths: Iterable[Path], extra: str = "") -> str:
    """Return a hash of the files' names and content and of `extra`."""
    digest = hashlib.sha256(extra.encode())
    for file in files_of(paths):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@contextlib.contextmanager
def unless_done(name: str, mark: str, made: Path) -> Iterator[bool]:
    """Yield whether the step must run; note `mark` in the stamp `name` when it went well.

    A step is done when its stamp holds the same mark and `made`, what it makes, is there.
    """
    stamp = STAMPS / name
    if made.exists() and stamp.is_file() and stamp.read_text() == mark:
        yield False
        return
    stamp.unlink(missing_ok=True)
    yield True
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)


def run(command: list[str], failure: str, env: dict[str, str] | None = None) -> None:
    """Run a command in silence; when it fails, print what it said and raise `failure`."""
    if shutil.which(command[0]) is None:
        raise Trouble(f"The program {command[0]} is not installed.")
    done = finished(command, env)
    if done.returncode != 0:
        said = done.stdout + done.stderr
        sys.stdout.write("\n" + said[-4000:])
        raise Trouble(explained(said) or failure)


def explained(output: str) -> str | None:
    """Return the plain sentence for a failure that is not the command's own, or None."""
    full = "The disk is full: make room and start again."
    away = "The package registry could not be reached: is there a network?"
    known = {"ENOSPC": full, "No space left": full, "Disk quota exceeded": full}
    known |= {"ENOTFOUND": away, "EAI_AGAIN": away, "ECONNREFUSED": away, "ETIMEDOUT": away}
    known |= {"NewConnectionError": away, "Temporary failure in name": away}
    known |= {"Failed to establish a new connection": away}
    return next((sentence for sign, sentence in known.items() if sign in output), None)
