"""Folders that one process has at a time. The kernel forgets a claim when its holder ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from run.steps import Trouble


def opened(folder: Path) -> int:
    """Return a descriptor of a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def claim(state: Path) -> int:
    """Have a state folder for as long as the returned descriptor is open, here or in a child.

    Trouble when somebody else has it.
    """
    claimed = opened(state)
    try:
        fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(claimed)
        raise Trouble(
            f"Another platform runs on {state}: end it, or choose another folder with --state."
        ) from None
    return claimed


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Have a folder for a while; wait, and say so, as long as somebody else has it."""
    claimed = opened(folder)
    try:
        try:
            fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work here: waiting for its end ...", flush=True)
            fcntl.flock(claimed, fcntl.LOCK_EX)
        yield
    finally:
        os.close(claimed)
