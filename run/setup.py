"""The set-up: packages, bundle, pages, configs, database. Each step skips itself when done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from run.child import finished
from run.claim import turn
from run.steps import BUILD, ROOT, STAMPS, Trouble, explained, fingerprint, run, step, unless_done

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BIN = ROOT / "node_modules" / ".bin"
NODE = BIN / "node"
WRANGLER = ROOT / "node_modules" / "wrangler" / "bin" / "wrangler.js"
BUNDLE = BUILD / "pyodide" / "pyodide_dev.capnp.bin"
SNAPSHOT = BUILD / "pyodide" / "snapshot.bin"
PATIENCE = ["--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=8000"]
LAUNCHER = BUILD / "workerd"


def tool_environment() -> dict[str, str]:
    """Return the environment of every tool: our Node first, no questions, nothing sent home."""
    return {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
        "CI": "1",
        "WRANGLER_SEND_METRICS": "false",
        "WRANGLER_SEND_ERROR_REPORTS": "false",
        "WRANGLER_HIDE_BANNER": "true",
        "X_LOCAL_OBSERVABILITY": "false",
        "X_LOCAL_EXPLORER": "false",
        "CLOUDFLARE_CF_FETCH_ENABLED": "false",
        "MINIFLARE_WORKERD_PATH": str(LAUNCHER),
        # V8 gives its youngest objects room by the heap it may use: where nobody sets a limit, 48
        # MB in each isolate, which one of the platform's, of 128 MB in all, could not spend so.
        "MINIFLARE_WORKERD_V8_FLAGS": "--max-semi-space-size=2",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def check_machine() -> None:
    """Refuse a machine without the tools that we cannot bring ourselves."""
    if sys.version_info < (3, 11):
        raise Trouble(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if shutil.which("npm") is None:
        raise Trouble("npm is not installed: install Node 20 or newer with npm.")


def node_packages() -> None:
    """Install package-lock.json."""
    mark = fingerprint([ROOT / "package-lock.json", ROOT / ".npmrc"])
    with unless_done("npm", mark, WRANGLER) as needed:
        if needed:
            with step("Installing the Node packages"):
                run(
                    ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", *PATIENCE],
                    "npm could not install the packages of package-lock.json.",
                )
    link_node()


def link_node() -> None:
    """Make sure that node_modules/.bin has a Node for wrangler: npm 10 does not link it."""
    if NODE.exists():
        return
    brought = next((ROOT / "node_modules").glob("node-*-*/bin/node"), None)
    own = shutil.which("node")
    if brought is None and not new_enough(own):
        raise Trouble("No Node 22.12 or newer comes from npm for this machine: install one.")
    NODE.unlink(missing_ok=True)
    NODE.symlink_to(brought or Path(str(own)))


def new_enough(node: str | None) -> bool:
    """Say whether this Node runs wrangler."""
    if node is None:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return tuple(int(n) for n in version.strip().lstrip("v").split(".")[:2]) >= (22, 12)


def python_tools() -> None:
    """Make .venv and install requirements/tools.txt into it, hashes checked."""
    lock = ROOT / "requirements" / "tools.txt"
    with unless_done("tools", fingerprint([lock], sys.version), PYTHON) as needed:
        if needed:
            with step("Making the Python environment"):
                make_venv()
            with step("Installing the Python tools"):
                install = ["install", "-qq", "--require-hashes", "--no-deps", "--no-compile"]
                failure = "pip could not install requirements/tools.txt."
                run([*pip(), *install, "-r", str(lock)], failure, tool_environment())


def make_venv() -> None:
    """Make an empty virtual environment, without pip where Python ships none (plain Debian)."""
    shutil.rmtree(VENV, ignore_errors=True)
    bare = [] if has_module("ensurepip") else ["--without-pip"]
    run(
        [sys.executable, "-m", "venv", *bare, str(VENV)],
        "Python could not make a virtual environment.",
    )


def pip() -> list[str]:
    """Return the command of a pip that installs into .venv: its own, or the machine's."""
    if any(VENV.glob("lib/python*/site-packages/pip")):
        return [str(PYTHON), "-m", "pip"]
    if has_module("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    raise Trouble("This Python has neither pip nor ensurepip: install python3-venv or python3-pip.")


def has_module(name: str) -> bool:
    """Say whether the Python that runs us can run a module."""
    code = f"import {name}, sys; getattr({name}, 'version', str)()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def worker_packages() -> None:
    """Install requirements/workers.txt as Pyodide wheels."""
    mark = fingerprint([ROOT / "requirements" / "workers.txt", ROOT / "wrangler" / "vendor.py"])
    with unless_done("vendor", mark, BUILD / "python_modules" / "pyvenv.cfg") as needed:
        if needed:
            with step("Installing the workers' packages"):
                program = str(ROOT / "wrangler" / "vendor.py")
                run([str(PYTHON), program], "The worker packages could not be installed.")


def pyodide_bundle() -> None:
    """Build the Pyodide bundle and the launcher that makes workerd look for it."""
    program = ROOT / "wrangler" / "pyodide_bundle.py"
    mark = fingerprint([program, program.with_suffix(".capnp"), ROOT / "package-lock.json"])
    with unless_done("bundle", mark, BUNDLE) as needed:
        if needed:
            with step("Building the Pyodide bundle"):
                run(
                    [str(PYTHON), str(program), str(workerd())],
                    "The Pyodide bundle could not be built.",
                )
    write_launcher()


def python_snapshot() -> None:
    """Take the snapshot from which every cold worker starts."""
    program = ROOT / "wrangler" / "snapshot.py"
    mark = fingerprint([program, STAMPS / "bundle", STAMPS / "vendor"])
    with unless_done("snapshot", mark, SNAPSHOT) as needed:
        if needed:
            with step("Taking a snapshot of Python"):
                command = [sys.executable, str(program), str(workerd())]
                run(command, "Python does not start from the Pyodide bundle.")


def workerd() -> Path:
    """Return the workerd binary of this machine."""
    found = list((ROOT / "node_modules" / "@cloudflare").glob("workerd-*/bin/workerd"))
    if not found:
        raise Trouble(
            "npm has no workerd for this machine: Linux and macOS on x64 or arm64 have one."
        )
    return found[0]


def write_launcher() -> None:
    """Write the program that wrangler starts in place of workerd."""
    text = (
        "#!/bin/sh\n"
        f'command=$1; shift; [ "$command" = serve ] || exec "{workerd()}" "$command" "$@"\n'
        f'exec "{workerd()}" serve "--pyodide-bundle-disk-cache-dir={BUNDLE.parent}" \\\n'
        f'  "--python-snapshot-dir={SNAPSHOT.parent}" --python-load-snapshot={SNAPSHOT.name} "$@"\n'
    )
    if not LAUNCHER.is_file() or LAUNCHER.read_text() != text:
        LAUNCHER.parent.mkdir(parents=True, exist_ok=True)
        LAUNCHER.write_text(text)
        LAUNCHER.chmod(0o755)


def front_end() -> None:
    """Build frontend/dist."""
    source = ROOT / "frontend"
    if not (source / "package.json").is_file() and not (source / "index.html").is_file():
        return
    mark = fingerprint([source, ROOT / "package-lock.json"])
    with unless_done("frontend", mark, source / "dist" / "index.html") as needed:
        if needed:
            with step("Building the front end"):
                build = [str(NODE), "node_modules/vite/bin/vite.js", "build", "frontend"]
                run(build, "The front end does not build.", tool_environment())


def staged_workers() -> None:
    """Stage the four workers and write their local configs."""
    from wrangler.local import write_local
    from wrangler.stage import PACKAGES, StageError, stage

    with step("Staging the workers"):
        try:
            for worker in PACKAGES:
                stage(worker)
            write_local()
        except StageError as error:
            raise Trouble(str(error)) from None


def database(state: Path) -> None:
    """Bring the local D1 in `state` up to the newest migration."""
    from wrangler.migrate import MigrationError, migrate, wrangler_d1

    mark = fingerprint([ROOT / "schema" / "migrations"])
    stamp = state / "migrations.stamp"
    if stamp.is_file() and stamp.read_text() == mark:
        return
    with step("Migrating the database"):
        config = BUILD / "chat-worker" / "wrangler.json"
        where = ["--local", "--persist-to", str(state), "-c", str(config)]
        execute = wrangler_d1(finished, [str(NODE), str(WRANGLER)], where, tool_environment())
        try:
            migrate(execute, fresh=not (state / "v3" / "d1").is_dir())
        except MigrationError as error:
            raise Trouble(explained(str(error)) or str(error)) from None
        stamp.write_text(mark)


def set_up(quick: bool = False) -> None:
    """Do all of the set-up that does not depend on where the state lies, one process at a time.

    `quick` takes all but the staging for done, if it was ever done.
    """
    with turn(BUILD):
        if not (quick and LAUNCHER.is_file()):
            check_machine()
            node_packages()
            python_tools()
            worker_packages()
            pyodide_bundle()
            python_snapshot()
            front_end()
        staged_workers()
