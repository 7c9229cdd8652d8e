"""Install the packages that the workers import, as wheels for Pyodide, to `.build/python_modules`.

Every file is checked against the hashes in requirements/workers.txt. MarkupSafe alone publishes no
wheel for Pyodide: its pure Python one is built from the sdist, with the C compiler switched off.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "workers.txt"
TARGET = ROOT / ".build" / "python_modules"
PLATFORM = ["--platform=pyemscripten_2026_0_wasm32", "--python-version=3.14", "--abi=cp314"]
PLATFORM += ["--implementation=cp", "--abi=none", "--only-binary=:all:"]
FROM_SOURCE = "markupsafe"
LEFT_OUT = ("__pycache__", "bin", "tests", "test", "RECORD", "INSTALLER", "REQUESTED", "WHEEL")
LEFT_OUT_SUFFIXES = (".pyi", ".pyc", ".pyx", ".c")


class VendorError(Exception):
    """The packages cannot be installed; the text says why in one sentence."""


def split(lock: str) -> tuple[str, str]:
    """Split a lock file into what has a wheel for Pyodide and the one built from source."""
    blocks = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    built = [b for b in blocks if b.startswith(FROM_SOURCE + "==")]
    return "".join(b for b in blocks if b not in built), "".join(built)


def explain(output: str) -> str:
    """Return one plain sentence for what pip printed."""
    missing = re.search(r"No matching distribution found for (\S+)", output)
    if re.search(r"NewConnectionError|Name or service|Failed to establish|broken pipe", output):
        return "The package registry for Python could not be reached: is there a network?"
    if "HASHES" in output:
        return "A worker package does not have the hash that requirements/workers.txt promises."
    if missing:
        return f"There is no Pyodide wheel of {missing[1]}: choose another version or go without."
    return "pip could not install the worker packages: " + output.strip().splitlines()[-1]


def pip(*arguments: str, **environment: str) -> None:
    """Run pip of this Python and turn its failure into a sentence."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, "--no-deps", "-q"],
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise VendorError(explain(done.stderr or done.stdout or "no reason given"))


def install(lock: str, target: Path) -> None:
    """Install a lock's packages into the empty folder `target`."""
    wheels, built = split(lock)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "wheels.txt").write_text(wheels)
        pip("install", "--no-compile", "--require-hashes", "--target", str(target), *PLATFORM,
            "-r", str(work / "wheels.txt"))  # fmt: skip
        if built:
            (work / "built.txt").write_text(built)
            source = ("--no-build-isolation", "--require-hashes", "--no-binary", FROM_SOURCE)
            made = ("-w", str(work / "made"), "-r", str(work / "built.txt"))
            pip("wheel", *source, *made, CC="/bin/false")
            (wheel,) = (work / "made").glob("*-none-any.whl")
            pip("install", "--no-compile", "--upgrade", "--target", str(target), str(wheel))


def trim(target: Path) -> None:
    """Delete what no worker reads at run time."""
    for path in sorted(target.rglob("*"), reverse=True):
        if path.name in LEFT_OUT or path.suffix in LEFT_OUT_SUFFIXES:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def mark(lock: Path, program: Path = Path(__file__)) -> str:
    """Return what marks the packages of a lock file as installed by this very program."""
    return f"# {hashlib.sha256(lock.read_bytes() + program.read_bytes()).hexdigest()}\n"


def vendor(lock: Path = LOCK, target: Path = TARGET) -> Path:
    """Replace `target` by the packages of the lock file, and mark it."""
    fresh = target.with_name(target.name + ".part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    install(lock.read_text("utf-8"), fresh)
    trim(fresh)
    (fresh / "pyvenv.cfg").write_text(mark(lock))
    shutil.rmtree(target, ignore_errors=True)
    fresh.replace(target)
    return target


if __name__ == "__main__":
    try:
        print(vendor())
    except VendorError as error:
        sys.exit(str(error))
