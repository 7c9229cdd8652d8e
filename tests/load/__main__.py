"""The bench: every scenario on the platform and on the bare room, in turn, within one run.

    python -m tests.load [SCENARIO ...] [--rounds N] [--seconds S] [--sockets N] [--only SIDE]
                         [--publish]

It ends with 1 when a message was lost, doubled or out of order, and never for its speed.
"""

import argparse
import asyncio
import resource
import secrets
import sys
from typing import Any

from run.ending import heed_signals
from run.steps import BUILD
from tests.load import table
from tests.load.figures import medians, ratios
from tests.load.goals import judged
from tests.load.publishing import publish, written
from tests.load.scenarios import SCENARIOS, Wish, groups
from tests.load.serving import serving
from tests.load.stage import Result
from tests.load.surroundings import caveats, surroundings
from tests.load.target import Target

SIDES = ["ours", "bare"]
WRONG = ("lost", "doubled", "disordered", "unknown")
LATEST = BUILD / "bench" / "latest.json"


def read_arguments(words: list[str]) -> argparse.Namespace:
    """Return the flags."""
    parser = argparse.ArgumentParser(prog="npm run bench --")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--rounds", type=int, help="of each scenario and side")
    parser.add_argument("--seconds", type=float, help="that a steady scenario lasts")
    parser.add_argument("--sockets", type=int, help="to open")
    parser.add_argument("--only", choices=SIDES, help="one side alone")
    parser.add_argument("--publish", action="store_true", help="write the run into docs/")
    args = parser.parse_args(words)
    for name in args.scenarios:
        if name not in SCENARIOS:
            parser.error(f"there is no scenario {name}: there are {', '.join(SCENARIOS)}")
    return args


def allow_sockets() -> None:
    """Take as many open files as this machine gives; the servers that we start inherit them."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def play(name: str, targets: list[Target], args: argparse.Namespace) -> dict[str, Any]:
    """Run a scenario in rounds, both sides in turn; return all that was measured."""
    scenario = SCENARIOS[name]
    wish = Wish(args.seconds, args.sockets)
    rounds: dict[str, list[Result]] = {}
    for _ in range(args.rounds or scenario.rounds):
        for target in targets:
            if target.name in scenario.sides:
                result = await scenario.run(target, f"l{secrets.token_hex(4)}", wish)
                rounds.setdefault(target.name, []).append(result)
                print(table.line(name, target.name, result), flush=True)
    return summed_up(name, rounds)


def summed_up(name: str, rounds: dict[str, list[Result]]) -> dict[str, Any]:
    """Return the rounds with their medians and, of two sides, the ratios."""
    middle = {side: medians(results) for side, results in rounds.items()}
    scenario = SCENARIOS[name]
    found: dict[str, Any] = {"what": scenario.what, "later": list(scenario.later)}
    found |= {"median": middle, "rounds": rounds}
    if len(middle) == len(SIDES):
        found["ratio"] = ratios(middle["ours"], middle["bare"])
        print(table.line(name, "ratio", found["ratio"]), flush=True)
    return found


def wrong(scenarios: dict[str, Any]) -> bool:
    """Say whether any round lost, doubled or disordered anything."""
    rounds = [r for one in scenarios.values() for side in one["rounds"].values() for r in side]
    return any(one.get(what, 0) for one in rounds for what in WRONG)


def sizes(args: argparse.Namespace) -> str:
    """Return the flags that make a run smaller or larger than usual."""
    named = {"--rounds": args.rounds, "--seconds": args.seconds, "--sockets": args.sockets}
    return " ".join(f"{name} {value:g}" for name, value in named.items() if value is not None)


async def main(words: list[str]) -> int:
    """Run what is asked for; return the exit code."""
    args = read_arguments(words)
    allow_sockets()
    LATEST.parent.mkdir(parents=True, exist_ok=True)
    run = surroundings() | {"arguments": sizes(args), "scenarios": {}, "plots": {}}
    print(table.head(), flush=True)
    sides = [args.only] if args.only else SIDES
    names = args.scenarios or list(SCENARIOS)
    for group in groups([name for name in names if set(SCENARIOS[name].sides) & set(sides)]):
        with serving(sides) as targets:
            for name in group:
                run["scenarios"][name] = await play(name, targets, args)
                LATEST.write_text(written(run), "utf-8")  # whatever the next one meets
    run |= {"goals": judged(run["scenarios"]), "caveats": caveats(run)}
    print(f"\n{table.goals(run['goals'])}", flush=True)
    LATEST.write_text(written(run), "utf-8")
    if args.publish:
        publish(run)
    return int(wrong(run["scenarios"]))


if __name__ == "__main__":
    heed_signals()
    sys.exit(asyncio.run(main(sys.argv[1:])))
