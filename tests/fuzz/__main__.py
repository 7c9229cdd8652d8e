"""A campaign by hand, or one frame again: what run/fuzz.py starts with the project's Python."""

import argparse
import asyncio
import hashlib
import sys
import tempfile
from pathlib import Path

from run.steps import ROOT
from tests.cast import a_world
from tests.fuzz.barrage import Barrage, WrongFrame
from tests.fuzz.campaign import campaign
from tests.fuzz.frames import Frame
from tests.fuzz.ground import Ground
from tests.fuzz.ledger import Wrong
from tests.platform import OwnPlatform, Platform, named_in_environment
from tests.raw_socket import BINARY, TEXT

KEPT = ROOT / ".build" / "fuzz"


def keep(frame: Frame) -> Path:
    """Put a frame into a file, which says by its name what kind of frame it was."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kind = "text" if frame.opcode == TEXT else "binary"
    path = KEPT / f"{hashlib.sha256(frame.payload).hexdigest()[:12]}.{kind}"
    path.write_bytes(frame.payload)
    return path


def kept(path: Path) -> Frame:
    return Frame(TEXT if path.suffix == ".text" else BINARY, path.read_bytes())


async def replay(platform: Platform, frame: Frame) -> None:
    """Send a frame to a fresh room, as a member and as a visitor. Raises WrongFrame."""
    async with a_world(platform) as world:
        await asyncio.gather(world.ada.signs_in(), world.finn.signs_in())
        barrage = Barrage(world.ada, world.finn, Ground([world.ada]))
        await asyncio.to_thread(barrage.take_ground)
        await asyncio.to_thread(barrage.alone, [frame])
    print(f"{frame!r} is answered as it must be.")


def told(words: str) -> None:
    print(words, flush=True)


def run(platform: Platform, args: argparse.Namespace) -> int:
    """Do what was asked; the exit code."""
    try:
        if args.replay:
            asyncio.run(replay(platform, kept(args.replay)))
        else:
            told(f"seed {args.seed}, {args.cases:,} cases")
            told(str(asyncio.run(campaign(platform, args.cases, args.seed, told))))
    except WrongFrame as wrong:
        told(f"\n{wrong}\nAgain: python3 run/fuzz.py --replay {keep(wrong.frame)}")
        return 1
    except Wrong as wrong:
        told(f"\n{wrong}\nAgain: python3 run/fuzz.py --cases {args.cases} --seed {args.seed}")
        return 1
    return 0


def main() -> int:
    """Read the flags, start a platform unless the environment names one, and end it."""
    parser = argparse.ArgumentParser(prog="npm run fuzz --")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replay", type=Path, metavar="FILE")
    args = parser.parse_args()
    running = named_in_environment()
    if running is not None:
        return run(running, args)
    with tempfile.TemporaryDirectory(prefix="vegvisr-fuzz-") as folder:
        own = OwnPlatform(Path(folder) / "state")
        own.start()
        try:
            return run(own, args)
        finally:
            own.stop()


if __name__ == "__main__":
    sys.exit(main())
