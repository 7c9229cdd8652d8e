"""run/start.py for the tests of faults: the AI provider hangs, and a file that may not grow is an
error to workerd instead of its end.

    python3 tests/faults/start.py CONFIGS [options of run/start.py]
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from run import serve, start
from run.child import leashed
from run.ending import heed_signals
from run.setup import LAUNCHER
from run.steps import BUILD, plainly

HANGING = Path(__file__).with_name("hanging_ai.js")
ASSISTANT = BUILD / "ai-chat-worker" / "wrangler.json"


def launcher(folder: Path) -> Path:
    """A program that starts workerd with SIGXFSZ ignored: a write past RLIMIT_FSIZE then fails."""
    program = folder / "workerd"
    program.write_text(f'#!/bin/sh\ntrap "" XFSZ\nexec "{LAUNCHER}" "$@"\n', "utf-8")
    program.chmod(0o755)
    return program


def assistant(folder: Path) -> list[str]:
    """Write the configs of an assistant that asks a model, and of a model that never answers."""
    config: dict[str, Any] = json.loads(ASSISTANT.read_text("utf-8"))
    config["vars"]["AI_PROVIDER"] = "workers-ai"
    config["services"] = [{"binding": "AI", "service": "hanging-ai"}]
    asks = ASSISTANT.with_name("wrangler.faults.json")  # python_modules must lie beside it
    asks.write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    source = folder / HANGING.name  # alone in its folder: wrangler watches what is beside it
    source.write_bytes(HANGING.read_bytes())
    model = {"name": "hanging-ai", "main": str(source), "compatibility_date": "2026-09-08"}
    hangs = folder / "hanging-ai.json"
    hangs.write_text(json.dumps(model), "utf-8")
    return [str(asks), "-c", str(hangs)]


def faulty(folder: Path) -> Any:
    """The `leashed` of run/serve.py, with our assistant and our launcher."""

    def start_faulty(
        command: list[str], env: dict[str, str], **how: Any
    ) -> subprocess.Popen[bytes]:
        place = command.index(str(ASSISTANT))
        command = [*command[:place], *assistant(folder), *command[place + 1 :]]
        return leashed(command, env | {"MINIFLARE_WORKERD_PATH": str(launcher(folder))}, **how)

    return start_faulty


if __name__ == "__main__":
    heed_signals()
    folder = Path(sys.argv.pop(1))
    folder.mkdir(parents=True, exist_ok=True)
    with plainly():
        vars(serve)["leashed"] = faulty(folder)
        start.main()
