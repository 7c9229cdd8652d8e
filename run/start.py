"""npm start: set up what is missing, serve the whole platform, print where it is.

python3 run/start.py [--port 8787] [--fresh] [--no-demo] [--quick] [--state DIR] [--until-eof]
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run import setup
from run.serve import check_port, dev_server, leashed, let_go, starters, wait_until_healthy
from run.steps import ROOT, Trouble, fingerprint, step


def read_arguments() -> argparse.Namespace:
    """Return the flags."""
    parser = argparse.ArgumentParser(
        prog="npm start --", description="Run the whole platform here."
    )
    parser.add_argument("--port", type=int, default=8787)
    parser.add_argument("--fresh", action="store_true", help="forget the local state first")
    parser.add_argument("--no-demo", action="store_true", help="leave out the demo community")
    parser.add_argument("--state", type=Path, default=ROOT / ".wrangler" / "state", metavar="DIR")
    parser.add_argument(
        "--quick", action="store_true", help="skip the checks of the set-up and the watch"
    )
    parser.add_argument("--until-eof", action="store_true", help="end when stdin closes, for tests")
    return parser.parse_args()


def prepare(args: argparse.Namespace) -> None:
    """Do the set-up and make the state folder ready."""
    check_port(args.port)
    if args.quick and setup.LAUNCHER.is_file():
        setup.staged_workers()
    else:
        setup.set_up()
    if args.fresh:
        shutil.rmtree(args.state, ignore_errors=True)
    args.state.mkdir(parents=True, exist_ok=True)
    setup.database(args.state)


def seed(url: str, state: Path, bare: bool) -> None:
    """Fill an empty platform with the demo community, or with a bare one to begin in."""
    demo, stamp = ROOT / "demo", state / "demo.stamp"
    mark = fingerprint([demo]) + " bare" * bare
    if stamp.is_file() and stamp.read_text() == mark:
        return
    print(
        "Founding an empty community ..." if bare else "Seeding the demo community ...", flush=True
    )
    command = [str(setup.PYTHON), "-m", "demo.seed", "--url", url, *(["--bare"] * bare)]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        raise Trouble("The community could not be founded: see the words above.")
    stamp.write_text(mark)


def pages_watch() -> list[subprocess.Popen[bytes]]:
    """Rebuild frontend/dist whenever a page changes."""
    if not (ROOT / "frontend" / "index.html").is_file():
        return []
    vite = [str(setup.NODE), "node_modules/vite/bin/vite.js", "build", "frontend"]
    return [leashed([*vite, "--watch", "--logLevel", "warn"], setup.tool_environment())]


def announce(url: str, state: Path) -> None:
    """Print the addresses and how to sign in."""
    print(f"\nReady: {url}")
    print(f"  Mailbox: {url}/mailbox   Health: {url}/healthz   State: {state}")
    print("  Sign in: choose a demo person, or ask for a link and open it in the mailbox.")
    print("  Ctrl-C ends everything.\n", flush=True)


def note_end_of_input(closed: threading.Event) -> None:
    """Read stdin to its end and say so."""
    sys.stdin.read()
    closed.set()


def hold(children: list[subprocess.Popen[bytes]], until_eof: bool) -> None:
    """Wait until a child ends, or npm, which started us, or whoever holds our stdin."""
    started_by = starters()
    by_npm = "npm_lifecycle_event" in os.environ
    closed = threading.Event()
    if until_eof:
        threading.Thread(target=note_end_of_input, args=(closed,), daemon=True).start()
    while all(child.poll() is None for child in children):
        if closed.wait(0.5) or (by_npm and starters() != started_by):
            return
    raise Trouble("wrangler dev ended by itself: see its words above.")


def main() -> None:
    """Set up, serve, announce, hold, and end all that was started."""
    args = read_arguments()
    args.state = args.state.resolve()
    start = time.monotonic()
    prepare(args)
    url = f"http://localhost:{args.port}"
    children = [dev_server(args.port, args.state)]
    try:
        with step("Starting the four workers"):
            wait_until_healthy(f"http://127.0.0.1:{args.port}", children[0])
        seed(url, args.state, bare=args.no_demo)
        if not args.quick:
            children += pages_watch()
        announce(url, args.state)
        print(f"Ready after {time.monotonic() - start:.1f} s.", flush=True)
        hold(children, args.until_eof)
    finally:
        for child in children:
            let_go(child)


def stop(*_: object) -> None:
    """Turn a signal into an orderly end."""
    raise SystemExit(0)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
