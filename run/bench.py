"""npm run bench: the same set-up as npm start, then the load generator of tests/load.

    python3 run/bench.py [SCENARIO ...] [--rounds N] [--seconds S] [--sockets N] [--only SIDE]
                         [--publish]

The flags are those of tests/load/__main__.py. What draws the pictures is installed for --publish.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run import setup
from run.steps import BUILD, ROOT, fingerprint, plainly, run, step, unless_done

PLOTS = BUILD / "plots"


def plotting() -> None:
    """Install requirements/plots.txt into a folder of its own, hashes checked."""
    lock = ROOT / "requirements" / "plots.txt"
    with unless_done("plots", fingerprint([lock], sys.version), PLOTS) as needed:
        if needed:
            with step("Installing what draws the pictures"):
                install = ["install", "-qq", "--require-hashes", "--no-deps", "--upgrade"]
                command = [*setup.pip(), *install, "--target", str(PLOTS), "-r", str(lock)]
                failure = "pip could not install requirements/plots.txt."
                run(command, failure, setup.tool_environment())


def main(words: list[str]) -> None:
    """Set up, and become the bench."""
    os.chdir(ROOT)
    setup.set_up()
    env = setup.tool_environment()
    if "--publish" in words:
        plotting()
        env["PYTHONPATH"] = str(PLOTS)
    command = [str(setup.PYTHON), "-m", "tests.load", *words]
    os.execve(command[0], command, env)


if __name__ == "__main__":
    with plainly():
        main(sys.argv[1:])
