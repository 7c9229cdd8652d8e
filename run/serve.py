"""Serve the four workers on workerd through one `wrangler dev`, held on a leash."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from run.setup import NODE, WRANGLER, tool_environment
from run.steps import BUILD, ROOT, Trouble

WORKERS = ("chat-worker", "ai-chat-worker", "community-worker", "knowledge-bridge-worker")
LEASH = ROOT / "run" / "leash.py"
PATIENCE = 90.0


def check_port(port: int) -> None:
    """Refuse a port that somebody listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Trouble(f"Port {port} is in use: choose another with --port.") from None


def leashed(command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a command that ends, with all that it starts, when we end or close its stdin."""
    return subprocess.Popen(
        [sys.executable, str(LEASH), *command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def let_go(process: subprocess.Popen[bytes]) -> None:
    """End a leashed command and wait until nothing of it is left."""
    if process.stdin:
        process.stdin.close()
    process.wait(10)


def dev_server(port: int, state: Path) -> subprocess.Popen[bytes]:
    """Start `wrangler dev` for all four workers; chat-worker, named first, answers the port."""
    configs = [part for w in WORKERS for part in ("-c", str(BUILD / w / "wrangler.json"))]
    options = ["--port", str(port), "--ip", "127.0.0.1", "--inspector-port", str(free_port())]
    options += ["--persist-to", str(state), "--log-level", "warn"]
    options += ["--show-interactive-dev-session=false"]
    env = tool_environment() | {"WRANGLER_REGISTRY_PATH": str(state / "registry")}
    return leashed([str(NODE), str(WRANGLER), "dev", *configs, *options], env)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def health(url: str) -> dict[str, Any] | None:
    """Return what /healthz says when all is well, else None."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=30) as answer:
            report: dict[str, Any] = json.load(answer)
    except (OSError, ValueError):
        return None
    return report if report.get("status") == "ok" else None


def wait_until_healthy(url: str, server: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Wait for all four workers; return the health report."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise Trouble("wrangler dev ended before the workers were ready: see its words above.")
        report = health(url)
        if report is not None:
            return report
        time.sleep(0.1)
    raise Trouble(f"The workers did not answer {url}/healthz within {PATIENCE:.0f} s.")


def starters() -> tuple[int, ...]:
    """Return the ids of our parent and of its parent: npm puts a shell between itself and us."""
    parent = os.getppid()
    try:
        stat = Path(f"/proc/{parent}/stat").read_text()
    except OSError:
        return (parent,)
    return parent, int(stat.rsplit(")", 1)[1].split()[1])
