"""npm start: set up what is missing, serve the whole platform, print where it is.

python3 run/start.py [--port 8787] [--fresh] [--no-demo] [--quick] [--state DIR] [--until-eof]
"""

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run import setup
from run.child import finished, leashed, let_go
from run.claim import claim
from run.ending import end_with_npm, end_with_stdin, heed_signals
from run.serve import check_port, dev_server, wait_until_healthy
from run.steps import ROOT, STAMPS, Trouble, fingerprint, plainly, step


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


def prepare(args: argparse.Namespace) -> int:
    """Do the set-up and make the state folder ready; return the claim on it."""
    check_port(args.port)
    claimed = claim(args.state)
    setup.set_up(args.quick)
    if args.fresh:
        empty(args.state)
    setup.database(args.state)
    return claimed


def empty(folder: Path) -> None:
    """Delete what is in a folder, not the folder: the claim is on it."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


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
    if finished(command, silent=False).returncode != 0:
        raise Trouble("The community could not be founded: see the words above.")
    stamp.write_text(mark)


def pages_watch() -> subprocess.Popen[bytes]:
    """Build frontend/dist anew whenever a page changes; what the set-up built stays till then."""
    program = [str(setup.NODE), "run/pages.mjs", str(ROOT / "frontend"), str(STAMPS / "frontend")]
    return leashed(program, setup.tool_environment())


def announce(url: str, state: Path) -> None:
    """Print the addresses and how to sign in."""
    print(f"\nReady: {url}")
    print(f"  Directory: {url.replace('//', '//chat.', 1)}   where a community is begun")
    print(f"  Mailbox: {url}/mailbox   Health: {url}/healthz   State: {state}")
    print("  Sign in: choose a demo person, or ask for a link and open it in the mailbox.")
    print("  Ctrl-C ends everything.\n", flush=True)


def hold(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait until we are told to stop, which is the regular end, or a child ends by itself."""
    try:
        while all(child.poll() is None for child in children.values()):
            time.sleep(0.5)
    except SystemExit:
        return
    ended = next(name for name, child in children.items() if child.poll() is not None)
    raise Trouble(f"{ended} ended by itself: see its words above.")


def main() -> None:
    """Set up, serve, announce, hold, and end all that was started."""
    end_with_npm()
    args = read_arguments()
    if args.until_eof:
        end_with_stdin()
    args.state = args.state.resolve()
    start = time.monotonic()
    claimed = prepare(args)
    url = f"http://localhost:{args.port}"
    children = {"wrangler dev": dev_server(args.port, args.state, claimed)}
    try:
        with step("Starting the four workers"):
            wait_until_healthy(f"http://127.0.0.1:{args.port}", children["wrangler dev"])
        seed(url, args.state, bare=args.no_demo)
        if not args.quick:
            children["The watch of the pages"] = pages_watch()
        announce(url, args.state)
        print(f"Ready after {time.monotonic() - start:.1f} s.", flush=True)
        hold(children)
    finally:
        for child in children.values():
            let_go(child)


if __name__ == "__main__":
    heed_signals()
    with plainly():
        main()
