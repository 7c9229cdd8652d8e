"""Past wrangler's proxy: a server's sockets opened at its runtime's own port.

The proxy holds four files for each socket and the runtime two, and no process may open more than
the machine allows.
"""

import contextlib
import copy
import resource
import urllib.request
from collections.abc import Iterator
from typing import TypeVar

from tests.load.processes import PROC, roles
from tests.load.target import Target

LISTENING = "0A"
FILES_EACH = 2
FILES_APART = 500

Driven = TypeVar("Driven", bound=Target)


def fitting(sockets: int, files: int | None = None) -> int:
    """Return how many of these sockets a runtime may hold open with so many files."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if files is None else files
    return min(sockets, (allowed - FILES_APART) // FILES_EACH)


def direct(target: Driven) -> Driven:
    """Return the same server, entered at its runtime's port."""
    [runtime] = [pid for pid, kind in roles(target.pid).items() if kind == "runtime"]
    [port] = [port for port in listening(runtime) if answers(port)]
    beside = copy.copy(target)
    beside.port = port
    return beside


def listening(pid: int) -> Iterator[int]:
    """Yield the TCP ports at which a process listens."""
    ours = set()
    for held in (PROC / str(pid) / "fd").iterdir():
        with contextlib.suppress(OSError):  # closed just now
            ours.add(held.readlink().name)
    for line in (PROC / "net" / "tcp").read_text("ascii").splitlines()[1:]:
        _, local, _, state, *_, inode = line.split()[:10]
        if state == LISTENING and f"socket:[{inode}]" in ours:
            yield int(local.split(":")[1], 16)


def answers(port: int) -> bool:
    """Say whether the workers themselves answer there; others are the runtime's own affairs."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False
