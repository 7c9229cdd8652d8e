"""npm run faults: random histories while everything breaks, for half an hour or as long as you say.

    python3 run/faults.py [--seconds 1800] [--seed N] [--only FAULT,...] [--publish]

The seed is printed; the same one plays the same plan again. The code is 1 when a promise was
broken.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run import setup
from run.steps import ROOT, plainly


def main() -> int:
    """Set up as npm start does, and hand over to the tests' own Python."""
    os.chdir(ROOT)
    setup.set_up()
    command = [str(setup.PYTHON), "-m", "tests.faults.long_run", *sys.argv[1:]]
    env = setup.tool_environment() | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, env=env).returncode


if __name__ == "__main__":
    try:
        with plainly():
            sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
