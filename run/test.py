"""npm test: the same set-up as npm start, then every layer. npm run check: its fast part (--fast).

    python3 run/test.py [--fast] [--without LAYER]

A layer is left out only by name. What pytest runs comes last, so its own closing line ends it all.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run import setup
from run.steps import ROOT, Trouble, plainly

TYPED = ["schema", "workers", "durable_objects", "wrangler", "run", "demo", "tests/cast.py"]
PYTEST = ["-m", "pytest", "-q", "--continue-on-collection-errors"]
PYTEST_LAYERS = ["unit", "integration", "conformance", "fuzz", "faults", "e2e"]
SLOW = set(PYTEST_LAYERS) - {"unit"}
# Side by side, for they wait more than they work. The others want the machine for themselves.
LANES = [["integration"], ["unit", "conformance", "fuzz"]]


def tool_layers() -> dict[str, list[str]]:
    """Return the layers that are one command each, in order."""
    python = [str(setup.PYTHON), "-m"]
    node = [str(setup.NODE)]
    typed = [path for path in TYPED if (ROOT / path).exists()]
    return {
        "ruff": [*python, "ruff", "check", "--quiet", "."],
        "format": [*python, "ruff", "format", "--check", "--quiet", "."],
        "mypy": [*python, "mypy", "--no-error-summary", *typed],
        "vue-tsc": [*node, "node_modules/vue-tsc/bin/vue-tsc.js", "--noEmit", "-p", "frontend"],
        "vitest": [*node, "node_modules/vitest/vitest.mjs", "run", "--root", "frontend"],
    }


def wanted(without: list[str], fast: bool) -> list[str]:
    """Return the layers to run; refuse a name that is none."""
    layers = [*tool_layers(), *PYTEST_LAYERS]
    for name in without:
        if name not in layers:
            raise Trouble(f"There is no layer {name}: there are {', '.join(layers)}.")
    out = set(without) | (SLOW if fast else set())
    return [layer for layer in layers if layer not in out]


def run_tools(layers: list[str]) -> list[dict[str, object]]:
    """Run the layers that are one command each, two at a time; return what the summary says."""
    chosen = {name: command for name, command in tool_layers().items() if name in layers}
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(run_tool, chosen, chosen.values()))


def run_tool(name: str, command: list[str]) -> dict[str, object]:
    """Run one of them; its words come together when it has ended."""
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=setup.tool_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"\n== {name}\n{done.stdout}", end="", flush=True)
    seconds = time.monotonic() - start
    return {"layer": name, "seconds": seconds, "ok": done.returncode == 0}


def run_pytest(layers: list[str], before: list[dict[str, object]]) -> int:
    """Run all of pytest's layers in one go; its summary tells of the layers before it too."""
    chosen = [layer for layer in PYTEST_LAYERS if layer in layers]
    if not chosen:  # without a folder named, pytest would run them all
        return 0
    lanes, alone = split(chosen)
    env = setup.tool_environment() | {
        "VEGVISR_LAYERS": json.dumps({"before": before, "layers": chosen}),
        "VEGVISR_LANES": json.dumps(lanes),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    print(f"\n== {', '.join(chosen)}", flush=True)
    command = [str(setup.PYTHON), *PYTEST, "-p", "run.summary", "-p", "run.lanes", *alone]
    return subprocess.run(command, cwd=ROOT, env=env).returncode


def split(layers: list[str]) -> tuple[list[list[str]], list[str]]:
    """Return the folders of each lane, and those that run alone when the lanes have ended."""
    lanes = [[f"tests/{layer}" for layer in lane if layer in layers] for lane in LANES]
    alone = [f"tests/{layer}" for layer in layers if layer not in chain(*LANES)]
    if not alone:  # without a folder named, pytest would run them all
        alone = lanes.pop() if lanes[-1] else lanes.pop(0)
    return [lane for lane in lanes if lane], alone


def main() -> int:
    """Set up and run the layers; return the exit code."""
    parser = argparse.ArgumentParser(prog="npm test --")
    parser.add_argument(
        "--fast", action="store_true", help="leave out what needs workerd or a browser"
    )
    parser.add_argument("--without", action="append", default=[], metavar="LAYER")
    args = parser.parse_args()
    os.chdir(ROOT)
    setup.set_up()
    layers = wanted(args.without, args.fast)
    results = run_tools(layers)
    code = run_pytest(layers, results)
    return code or int(not all(result["ok"] for result in results))


if __name__ == "__main__":
    try:
        with plainly():
            sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
