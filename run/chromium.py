"""The Chromium of the browser tests: it comes from npm, so a machine without a browser will do.

launch = chromium()
playwright.chromium.launch(executable_path=launch.path, args=launch.args, env=launch.env)
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run.child import finished
from run.claim import turn
from run.steps import BUILD, ROOT, Trouble, fingerprint, unless_done

FOLDER = BUILD / "chromium"
PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium" / "package.json"
ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-pings",
    "--font-render-hinting=none",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


@dataclass(frozen=True)
class Launch:
    """What Playwright needs to start the browser: `executable_path`, `args` and `env`."""

    path: str
    args: list[str]
    env: dict[str, str]


def chromium() -> Launch:
    """Unpack the browser if need be and return how to start it; Trouble when it cannot start."""
    path = unpacked()
    for candidate in (path, shutil.which("chromium") or ""):
        env = environment(candidate)
        if candidate and starts(candidate, env):
            return Launch(candidate, ARGS, env)
    raise Trouble("No Chromium starts on this machine: neither npm's nor one of its own.")


def unpacked() -> str:
    """Return the path of npm's Chromium, unpacked once for each version of its package."""
    with (
        turn(BUILD),
        unless_done("chromium", fingerprint([PACKAGE]), FOLDER / "chromium") as needed,
    ):
        if needed:
            unpack(FOLDER)
    return str(FOLDER / "chromium")


def unpack(folder: Path) -> None:
    """Replace a folder by npm's Chromium, if it unpacks whole."""
    fresh = folder.with_name(folder.name + ".part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    node = str(ROOT / "node_modules" / ".bin" / "node")
    # The name of a Lambda makes the package unpack the libraries that a bare machine lacks.
    env = {**os.environ, "TMPDIR": str(fresh), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
    if finished([node, str(Path(__file__).with_suffix(".mjs"))], env).returncode == 0:
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)


def environment(path: str) -> dict[str, str]:
    """Return the environment in which a browser finds libraries and fonts, if need be its own."""
    env = dict(os.environ)
    needs = subprocess.run(["ldd", path], capture_output=True, text=True) if path else None
    if needs and "not found" in needs.stdout:
        env["LD_LIBRARY_PATH"] = str(FOLDER / "al2023" / "lib")
    if not any(Path("/usr/share/fonts").rglob("*.?tf")):
        env["FONTCONFIG_PATH"] = str(FOLDER / "fonts")
    return env


def starts(path: str, env: dict[str, str]) -> bool:
    """Say whether the browser finds all that it is linked with."""
    try:
        done = subprocess.run([path, "--version"], env=env, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    try:
        print(chromium().path)
    except Trouble as trouble:
        sys.exit(str(trouble))
