"""Refresh the three lock files from what we ask for: .venv/bin/python run/lock.py

requirements/*.in -> requirements/*.txt with the hashes of every file;
package.json -> package-lock.json.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run.steps import ROOT

UV = "pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes"
PLAIN = "--no-header --no-emit-index-url --no-emit-find-links --no-annotate"

SYSTEMS = {"windows": "win32"}


def lock_python(name: str) -> None:
    """Write requirements/<name>.txt."""
    uv = str(ROOT / ".venv" / "bin" / "uv")
    files = [f"{name}.in", "-o", f"{name}.txt", "--upgrade"]
    subprocess.run([uv, *UV.split(), *PLAIN.split(), *files], cwd=ROOT / "requirements", check=True)


def complete(lock: dict[str, Any]) -> None:
    """Name the builds for other machines that npm leaves out when its registry lacks them.

    `npm ci` takes a lock for out of step when an optional package is missing from it.
    """
    packages: dict[str, Any] = lock["packages"]
    for entry in list(packages.values()):
        for name, version in entry.get("optionalDependencies", {}).items():
            if "workerd-" in name:
                _, system, machine = name.rsplit("-", 2)
                cpu = "arm64" if machine == "arm64" else "x64"
                build = {"version": version, "cpu": [cpu], "os": [SYSTEMS.get(system, system)]}
                packages.setdefault(f"node_modules/{name}", build | {"dev": True, "optional": True})
    lock["packages"] = dict(sorted(packages.items()))


def lock_node() -> None:
    """Write package-lock.json; made in an empty folder, as npm leaves out what is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", ".npmrc"):
            copy(ROOT / name, folder)
        subprocess.run(
            ["npm", "install", "--package-lock-only", "--loglevel=error"], cwd=folder, check=True
        )
        lock = json.loads((Path(folder) / "package-lock.json").read_text("utf-8"))
    complete(lock)
    (ROOT / "package-lock.json").write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    for locked in ("tools", "workers", "plots"):
        lock_python(locked)
    lock_node()
