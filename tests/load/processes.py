"""What a server's processes cost, by the operating system's accounting: CPU time and memory.

A server under `wrangler dev` is a runtime (the workerd that runs the workers), a proxy (the workerd
in front of it) and wrangler itself (node). Whatever else belongs to it counts as `other`.
"""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
ROLES = ("runtime", "proxy", "wrangler", "other")


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield pid
    for task in (PROC / str(pid) / "task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:  # the thread ended just now
            continue
        for child in children:
            yield from tree(int(child))


def role(command: str) -> str:
    """Return what a process is, by its command line. The proxy alone has a port that was chosen."""
    program = command.split(" ", 1)[0].rsplit("/", 1)[-1]
    if program == "workerd":
        chosen = re.search(r"--socket-addr=entry=[\d.]+:(\d+)", command)
        return "proxy" if chosen and chosen[1] != "0" else "runtime"
    return "wrangler" if program == "node" else "other"


def roles(pid: int) -> dict[int, str]:
    """Return every process of a server with what it is."""
    found = {}
    for one in tree(pid):
        try:
            raw = (PROC / str(one) / "cmdline").read_bytes()
        except OSError:
            continue
        found[one] = role(raw.decode("utf-8", "replace").replace("\0", " "))
    return found


def cpu_seconds(pid: int) -> dict[str, float]:
    """Return the CPU seconds that each role has used since it began."""
    used = dict.fromkeys(ROLES, 0.0)
    for one, kind in roles(pid).items():
        fields = (PROC / str(one) / "stat").read_text("utf-8").rsplit(")", 1)[1].split()
        used[kind] += (int(fields[11]) + int(fields[12])) / TICKS
    return used


def memory_kb(pid: int) -> dict[str, int]:
    """Return the kilobytes that each role holds, what is shared divided among its holders."""
    held = dict.fromkeys(ROLES, 0)
    for one, kind in roles(pid).items():
        text = (PROC / str(one) / "smaps_rollup").read_text("ascii")
        [size] = re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
        held[kind] += int(size)
    return held


class Meter:
    """The CPU of a server and of ourselves from one moment on."""

    def __init__(self, pid: int):
        self.pid = pid
        self.began = cpu_seconds(pid)
        self.own_began = time.process_time()
        self.wall_began = time.perf_counter()

    def server(self) -> dict[str, float]:
        """Return the CPU seconds of each role since then."""
        now = cpu_seconds(self.pid)
        return {kind: now[kind] - self.began[kind] for kind in ROLES}

    def generator_share(self) -> float:
        """Return how much of one core we have used since then."""
        own = time.process_time() - self.own_began
        return own / (time.perf_counter() - self.wall_began)
