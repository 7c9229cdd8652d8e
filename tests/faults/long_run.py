"""History after history on one platform, until the time is over: what `npm run faults` does."""

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

from tests.faults.measured import publish
from tests.faults.plan import FAULTS, plan
from tests.faults.platform import FaultyPlatform
from tests.faults.playing import Verdict, play
from tests.faults.views import Broken

ROUND_S = 60.0
STUCK = (AssertionError, TimeoutError, OSError, httpx.HTTPError)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run faults --")
    parser.add_argument("--seconds", type=float, default=1800.0)
    parser.add_argument("--seed", type=int, default=None, help="of the first history")
    parser.add_argument("--only", default="", metavar="FAULT,...", help=", ".join(FAULTS))
    parser.add_argument("--publish", action="store_true", help="write docs/measured")
    args = parser.parse_args()
    args.kinds = [kind for kind in args.only.split(",") if kind] or list(FAULTS)
    if unknown := sorted(set(args.kinds) - set(FAULTS)):
        parser.error(f"there is no fault {', '.join(unknown)}: there are {', '.join(FAULTS)}")
    return args


async def one(platform: FaultyPlatform, seed: int, kinds: list[str], folder: Path) -> Verdict:
    """One history; a platform that does not get well again breaks a promise too."""
    file = folder / f"history-{seed}.jsonl"
    try:
        return await play(platform, plan(seed, kinds), file, ROUND_S)
    except STUCK as problem:
        words = f"{type(problem).__name__}: {problem}"[:500]
        return Verdict(seed, file, broken=[Broken("did not get well", "the platform", words)])


def summary(verdict: Verdict) -> str:
    """One line for a history, and one for each thing that was wrong with it."""
    faults = ", ".join(f"{kind} {n}" for kind, n in sorted(verdict.times.items()))
    told = (
        f"seed {verdict.seed}: {verdict.seconds:.0f} s, {verdict.operations} operations,"
        f" {verdict.acknowledged} acknowledged, {verdict.unknown} unknown; {faults}; "
    )
    wrong = [str(broken) for broken in verdict.broken]
    if verdict.toothless:
        wrong.append(f"without any effect: {', '.join(verdict.toothless)}")
    if not wrong:
        return told + "every promise kept"
    return "\n  ".join([told + f"NOT WELL, see {verdict.file}", *wrong[:10]])


def run(args: argparse.Namespace, platform: FaultyPlatform, folder: Path) -> list[Verdict]:
    """Histories until the time is over, or until the platform is gone."""
    seed = secrets.randbelow(1_000_000) if args.seed is None else args.seed
    end, verdicts = time.monotonic() + args.seconds, list[Verdict]()
    while not verdicts or time.monotonic() < end:
        verdict = asyncio.run(one(platform, seed + len(verdicts), args.kinds, folder))
        verdicts.append(verdict)
        print(summary(verdict), flush=True)
        if not verdict.broken:
            verdict.file.unlink()
        elif not platform.is_up():
            print("The platform is gone: no further history.", flush=True)
            break
    return verdicts


def main() -> int:
    args = arguments()
    folder = Path(tempfile.mkdtemp(prefix="vegvisr-faults-"))
    platform = FaultyPlatform(folder)
    if platform.no_disk and "full_disk" in args.kinds:
        args.kinds.remove("full_disk")
        print(f"NO FULL DISK ON THIS MACHINE: {platform.no_disk}; files that may not grow stand in")
    try:
        platform.start()
        print(f"histories and the platform's log are in {folder}", flush=True)
        verdicts = run(args, platform, folder)
    finally:
        platform.end()
    if args.publish:
        publish(verdicts, platform.no_disk)
    bad = [verdict for verdict in verdicts if verdict.broken or verdict.toothless]
    effects = sum((verdict.effects for verdict in verdicts), Counter[str]())
    print(f"{len(verdicts)} histories, {len(bad)} not well; effects: {dict(effects)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
