"""npm run fuzz: set up, then let hostile frames fall on a room of a platform of its own.

python3 run/fuzz.py [--cases 1000000] [--seed 1] [--replay FILE]

VEGVISR_URL and VEGVISR_STATE name a platform that runs already. The words of a failure end with the
command that sends the one wrong frame again.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run import setup
from run.steps import ROOT, plainly


def main() -> int:
    """Set up and run the campaign with the project's Python; return its exit code."""
    os.chdir(ROOT)
    setup.set_up()
    paths = os.pathsep.join([str(ROOT), str(ROOT / "workers")])
    env = setup.tool_environment() | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [str(setup.PYTHON), "-m", "tests.fuzz", *sys.argv[1:]], env=env
    ).returncode


if __name__ == "__main__":
    try:
        with plainly():
            sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
