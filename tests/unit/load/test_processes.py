"""Which process is which, and that the kernel's accounts are read right."""

import os
import subprocess
import sys
import time

import pytest

from tests.load.processes import Meter, cpu_seconds, memory_kb, role, roles

WORKERD = "/x/node_modules/@cloudflare/workerd-linux-64/bin/workerd serve --binary"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (f"{WORKERD} --socket-addr=entry=127.0.0.1:9100 --control-fd=3", "proxy"),
        (f"{WORKERD} --socket-addr=entry=127.0.0.1:0 --debug-port=127.0.0.1:0", "runtime"),
        ("/x/.bin/node /x/wrangler/bin/wrangler.js dev --port 9100", "wrangler"),
        ("/x/.venv/bin/python run/leash.py node", "other"),
        ("/x/esbuild --service", "other"),
    ],
)
def test_a_process_is_known_by_its_command(command: str, name: str) -> None:
    assert role(command) == name


def test_a_tree_is_a_process_and_what_it_started() -> None:
    """The child ends when its input does."""
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert {os.getpid(), child.pid} <= roles(os.getpid()).keys()
        assert os.getpid() not in roles(child.pid)


def test_work_costs_cpu_and_shows() -> None:
    meter, end = Meter(os.getpid()), time.monotonic() + 10
    while meter.server()["other"] < 0.05 and time.monotonic() < end:
        sum(range(10_000))
    assert meter.server()["other"] >= 0.05
    assert meter.generator_share() > 0
    assert sum(cpu_seconds(os.getpid()).values()) >= 0.05


def test_memory_is_in_kilobytes() -> None:
    """A Python is not smaller than 4 MB, and 64 MB more are seen as such."""
    before = memory_kb(os.getpid())["other"]
    more = bytearray(b"x") * (64 * 1024 * 1024)
    assert before > 4_000
    assert 60_000 < memory_kb(os.getpid())["other"] - before < 70_000
    assert len(more) == 64 * 1024 * 1024
