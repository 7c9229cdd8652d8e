"""Run a command and end it, with all that it started, when whoever holds our stdin goes away.

    python3 run/leash.py COMMAND ...

Whoever starts us keeps the other end of the pipe: it closes however they end, by `kill -9` too.
We must lead a session of our own: the whole process group is what ends.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading

GRACE = 2.0


def report(child: subprocess.Popen[bytes], letting_go: threading.Event) -> None:
    """Wait for the command; when it ends by itself, end what it leaves and pass on its code."""
    code = child.wait()
    if not letting_go.is_set():
        os.killpg(0, signal.SIGTERM)
        os._exit(code if code >= 0 else 128 - code)


def main(command: list[str]) -> None:
    """Hold the command until it or our stdin ends."""
    if os.getpgrp() != os.getpid():
        sys.exit("leash.py must lead a process group of its own: start it in a new session.")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    letting_go = threading.Event()
    threading.Thread(target=report, args=(child, letting_go), daemon=True).start()
    while os.read(0, 1024):
        pass
    letting_go.set()
    os.killpg(0, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(GRACE)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
