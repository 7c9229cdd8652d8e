"""npm run deploy: migrations first, then the workers, those that chat-worker calls before itself.

    python3 run/deploy.py [--dry-run]

A dry run bundles all four offline, weighs them, lists what a deploy would do, changes nothing.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from run import setup
from run.child import finished
from run.steps import BUILD, ROOT, Trouble, plainly, step
from wrangler.hosts import known, with_hosts
from wrangler.local import ConfigError, account_ids, built_frontend, deployable, read, write
from wrangler.migrate import MigrationError, migrate, versions, wrangler_d1

ORDER = ("ai-chat-worker", "community-worker", "knowledge-bridge-worker", "chat-worker")
PAID_LIMIT_MB, FREE_LIMIT_MB = 10.0, 3.0
NO_IDS = {"D1_DATABASE_ID": "dry-run", "KV_NAMESPACE_ID": "dry-run"}
WRANGLER = [str(setup.NODE), str(setup.WRANGLER)]


def configs(ids: dict[str, str]) -> dict[str, Path]:
    """Write the four deploy configs; return worker to file."""
    return {w: write("deploy.json", deployable(read(w), built_frontend(), ids)) for w in ORDER}


def weight(worker: str, config: Path) -> float:
    """Bundle one worker as a deploy would; return its compressed size in MB, as wrangler says."""
    out = BUILD / worker / "bundle"
    command = [*WRANGLER, "deploy", "--dry-run", "--outdir", str(out), "-c", str(config)]
    env = setup.tool_environment() | {"NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    said = re.search(r"gzip: ([\d.]+) (KiB|MiB)", done.stdout)
    if done.returncode != 0 or said is None:
        raise Trouble(f"{worker} does not bundle: {(done.stdout + done.stderr)[-600:]}")
    return float(said[1]) / (1024 if said[2] == "KiB" else 1)


def weigh() -> None:
    """Bundle all four and print each one's size against the limits."""
    files = configs(NO_IDS | account_ids())
    for worker in ORDER:
        with step(f"Bundling {worker}"):
            size = weight(worker, files[worker])
        fits = "fits the free plan too" if size <= FREE_LIMIT_MB else "needs the paid plan"
        limits = f"{PAID_LIMIT_MB:.0f} MB (free: {FREE_LIMIT_MB:.0f} MB)"
        print(f"  {size:.2f} MB compressed of {limits}: {fits}")
        if size > PAID_LIMIT_MB:
            raise Trouble(f"{worker} is larger than a worker may be.")


def plan() -> None:
    """Print what a real deploy would do, in order."""
    print("\nA deploy would:")
    print(f"  1. apply what D1 `vegvisr-chat` lacks of {', '.join(versions())}")
    print("  2. make each community's hosts in D1 custom domains of chat-worker")
    for number, worker in enumerate(ORDER, 3):
        print(f"  {number}. deploy {worker}")
    missing = [name for name in NO_IDS if not account_ids().get(name)]
    if missing:
        print(f"  It would first ask for {' and '.join(missing)}: see wrangler/local.py.")


def deploy() -> None:
    """Migrate and deploy for real."""
    files = configs(account_ids())
    where = ["--remote", "-c", str(files["chat-worker"])]
    d1 = wrangler_d1(finished, WRANGLER, where, setup.tool_environment())
    print(f"D1 migrated: {', '.join(migrate(d1)) or 'nothing to do'}")
    front = with_hosts(deployable(read("chat-worker"), built_frontend(), account_ids()), known(d1))
    write("deploy.json", front)
    print(f"Hosts: {', '.join(route['pattern'] for route in front['routes'])}")
    for worker in ORDER:
        command = [*WRANGLER, "deploy", "-c", str(files[worker])]
        if subprocess.run(command, cwd=ROOT, env=setup.tool_environment()).returncode != 0:
            raise Trouble(f"{worker} was not deployed: see wrangler's words above. The rest waits.")


def main() -> None:
    """Set up, then weigh and plan, or deploy."""
    parser = argparse.ArgumentParser(prog="npm run deploy --")
    parser.add_argument(
        "--dry-run", action="store_true", help="bundle, weigh and list; change nothing"
    )
    args = parser.parse_args()
    setup.set_up()
    if args.dry_run:
        weigh()
        plan()
    else:
        deploy()


if __name__ == "__main__":
    with plainly():
        try:
            main()
        except (ConfigError, MigrationError) as problem:
            raise Trouble(str(problem)) from None
