"""Serve the four workers on workerd through one `wrangler dev`, held on a leash."""

import errno
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from run.child import leashed
from run.setup import NODE, WRANGLER, tool_environment
from run.steps import BUILD, Trouble

WORKERS = ("chat-worker", "ai-chat-worker", "community-worker", "knowledge-bridge-worker")
PAGES = "pages"  # the front end's files, a worker without code: wrangler/local.py
PATIENCE = 90.0
WHY_NOT = {errno.EADDRINUSE: "is in use", errno.EACCES: "is for the administrator alone"}


def check_port(port: int) -> None:
    """Refuse a port that is none, that somebody listens on or that is not for us."""
    if not 1 <= port <= 65535:
        raise Trouble(f"There is no port {port}: choose one from 1 to 65535 with --port.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise Trouble(f"Port {port} {why_not(problem)}: choose another with --port.") from None


def why_not(problem: OSError) -> str:
    """Return why a port cannot be had."""
    return WHY_NOT.get(problem.errno or 0, f"cannot be had ({problem.strerror})")


def dev_server(port: int, state: Path, claimed: int) -> subprocess.Popen[bytes]:
    """Start `wrangler dev` for all workers and the pages; chat-worker, first, answers the port.

    Its leash keeps `claimed`, the claim on the state, until the last workerd has ended.
    """
    configs = [part for w in (*WORKERS, PAGES) for part in ("-c", str(BUILD / w / "wrangler.json"))]
    env = tool_environment() | {"WRANGLER_REGISTRY_PATH": str(state / "registry")}
    return leashed([*dev_command(port, state), *configs, *connections()], env, keep=(claimed,))


def dev_command(port: int, state: Path) -> list[str]:
    """Return how `wrangler dev` is called, but for the configs; also for the bare room."""
    options = ["--port", str(port), "--ip", "127.0.0.1", "--inspector-port", str(free_port())]
    options += ["--persist-to", str(state), "--log-level", "warn"]
    options += ["--show-interactive-dev-session=false"]
    return [str(NODE), str(WRANGLER), "dev", *options]


def connections() -> list[str]:
    """Return what connects chat-worker to a Vegvisr, where the environment names one."""
    named = [name for name in ("VEGVISR_SIGN_IN", "VEGVISR_ACCOUNTS") if os.environ.get(name)]
    return [part for name in named for part in ("--var", f"{name}:{os.environ[name]}")]


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
