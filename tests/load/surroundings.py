"""Where and with what a run was made: a figure without these says nothing."""

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from run.steps import ROOT

MANY = 10_000
PACKAGES = ("workerd", "wrangler", "pyodide")
IDLE_LOAD = 0.5


def surroundings() -> dict[str, Any]:
    """Return the date, the versions and the machine."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit(),
        "versions": {name: version(name) for name in PACKAGES},
        "machine": machine(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def commit() -> str:
    """Return our commit, with a word if files were changed since."""
    sha = git("rev-parse", "--short=12", "HEAD")
    return sha + (" with changes" if git("status", "--porcelain") else "")


def git(*words: str) -> str:
    """Return what git says, or nothing."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def version(package: str) -> str:
    """Return the version of an installed Node package."""
    text = (ROOT / "node_modules" / package / "package.json").read_text("utf-8")
    found: str = json.loads(text)["version"]
    return found


def machine() -> dict[str, Any]:
    """Return processor, cores, memory and kernel."""
    return {
        "processor": of_proc("cpuinfo", r"model name\s*: (.*)"),
        "cores": os.cpu_count(),
        "memory_gb": round(int(of_proc("meminfo", r"MemTotal:\s+(\d+)")) / 2**20, 1),
        "kernel": f"{platform.system()} {platform.release()}",
    }


def of_proc(file: str, pattern: str) -> str:
    """Return the first match in a file of /proc."""
    found = re.search(pattern, Path("/proc", file).read_text("utf-8"))
    return found[1].strip() if found else "0"


def caveats(run: dict[str, Any]) -> list[str]:
    """Return what must be known to read the figures of a run."""
    found = [
        "The generator runs on the same cores as the servers and takes time from both.",
        "Both servers run under `wrangler dev`, as `npm start` runs ours: the CPU and memory of its"
        " proxy are counted, and that of wrangler itself. In production neither exists. The"
        " sockets of `many` alone go past the proxy.",
    ]
    if run["load_before"] > IDLE_LOAD:
        found.append(
            f"The machine was not idle: the load was {run['load_before']} before the run began."
        )
    if run["arguments"]:
        found.append(f"Sizes other than usual were asked for: `{run['arguments']}`.")
    return found + fewer(run["scenarios"]) + busy(run["scenarios"])


def fewer(scenarios: dict[str, Any]) -> list[str]:
    """Return how many sockets `many` had to do without."""
    opened = scenarios["many"]["median"] if "many" in scenarios else {}
    return [
        f"`many` opened {middle['connections']:,.0f} of its {MANY:,} sockets on the side `{side}`:"
        " the runtime holds two files for each, and this machine allows a process no more files."
        for side, middle in opened.items()
        if middle["connections"] < MANY
    ]


def busy(scenarios: dict[str, Any]) -> list[str]:
    """Return where the generator itself may have been the bottleneck."""
    return [
        f"In `{name}` on the side `{side}` the generator used {middle['generator_share']:.0%} of a"
        " core: it may have been the bottleneck."
        for name, found in scenarios.items()
        for side, middle in found["median"].items()
        if middle.get("generator_share", 0) > 0.8
    ]
