"""When we end: at a signal, when npm or its shell is gone, when whoever held our stdin lets go.

Each raises SystemExit in the main thread, wherever it is: in the set-up as well as after it.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def heed_signals() -> None:
    """Turn the first signal into an orderly end."""
    for number in SIGNALS:
        signal.signal(number, stop)


def stop(number: int, _: object) -> None:
    """Begin to end; further signals (npm passes on Ctrl-C, so it comes twice) do not disturb."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


def end_with_npm() -> None:
    """End when npm, if it started us, or the shell that it puts between is gone."""
    if "npm_lifecycle_event" in os.environ:
        started_by = starters()
        hang_up_after(lambda: wait_for_others_than(started_by))


def end_with_stdin() -> None:
    """End when stdin closes."""
    hang_up_after(lambda: sys.stdin.read())


def starters() -> tuple[int, ...]:
    """Return the ids of our parent and of its parent: npm puts a shell between itself and us."""
    parent = os.getppid()
    try:
        stat = Path(f"/proc/{parent}/stat").read_text()
    except OSError:
        return (parent,)
    return parent, int(stat.rsplit(")", 1)[1].split()[1])


def wait_for_others_than(started_by: tuple[int, ...]) -> None:
    """Wait until one of those who started us has ended."""
    while starters() == started_by:
        time.sleep(0.5)


def hang_up_after(wait: Callable[[], object]) -> None:
    """Send ourselves SIGHUP when `wait` returns; the main thread is the one to hear it."""
    main = threading.main_thread().ident
    assert main is not None

    def watch() -> None:
        wait()
        signal.pthread_kill(main, signal.SIGHUP)

    threading.Thread(target=watch, daemon=True).start()
