"""Past wrangler's proxy: a server's sockets opened at its runtime's own port.

The proxy holds four files for each socket and the runtime two, besides those of each room's SQLite,
and no process may open more than the machine allows. A runtime that has none left for a room that
wakes ends altogether.
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
FILES_OF_SOCKET = 2
FILES_OF_ROOM = 5
FILES_APART = 500

Driven = TypeVar("Driven", bound=Target)


def fitting(sockets: int, per_room: int, files: int | None = None) -> int:
    """Return how many of these sockets so many files let a runtime hold open, in full rooms."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if files is None else files
    rooms = (allowed - FILES_APART) // (FILES_OF_SOCKET * per_room + FILES_OF_ROOM)
    return min(sockets, rooms * per_room)


def direct(target: Driven) -> Driven:
    """Return the same server, entered at its runtime's port."""
    [runtime] = [pid for pid, kind in roles(target.pid).items() if kind == "runtime"]
    beside = copy.copy(target)
    beside.port = next(port for port in listening(runtime) if answers(port))
    return beside


def listening(pid: int) -> Iterator[int]:
    """Yield the TCP ports at which a process listens, in the order in which it opened them: the
    later ones speak no HTTP."""
    ports = {}
    for line in (PROC / "net" / "tcp").read_text("ascii").splitlines()[1:]:
        _, local, _, state, *_, inode = line.split()[:10]
        if state == LISTENING:
            ports[f"socket:[{inode}]"] = int(local.split(":")[1], 16)
    for file in sorted((PROC / str(pid) / "fd").iterdir(), key=lambda file: int(file.name)):
        with contextlib.suppress(OSError):  # closed just now
            if (port := ports.get(file.readlink().name)) is not None:
                yield port


def answers(port: int) -> bool:
    """Say whether the workers themselves answer there; others are the runtime's own affairs."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False
