"""Apply schema/migrations/*.sql to D1, in order, each once; `schema_migrations` remembers which.

The same few lines serve the local database and, with `--remote`, the account's.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "schema" / "migrations"
DATABASE = "vegvisr-chat"

Execute = Callable[[list[str]], list[dict[str, Any]]]
Finished = Callable[[list[str], dict[str, str]], subprocess.CompletedProcess[str]]


class MigrationError(Exception):
    """A migration failed; the text says which and why in one sentence."""


def versions(folder: Path = FOLDER) -> dict[str, Path]:
    """Return version (`0001_base`) to file, in order; refuse a gap or two with one number."""
    files = sorted(folder.glob("*.sql"))
    numbers = [int(file.name.split("_", 1)[0]) for file in files]
    if numbers != list(range(1, len(files) + 1)):
        raise MigrationError(
            "The migrations in schema/migrations are not numbered 0001, 0002, … once each."
        )
    return {file.stem: file for file in files}


def script(pending: Iterable[Path], now: int) -> str:
    """Return one SQL script that runs the pending files and records each; `now` is epoch ms."""
    parts = []
    for file in pending:
        parts.append(file.read_text("utf-8").rstrip().rstrip(";") + ";")
        parts.append(
            f"INSERT INTO schema_migrations (version, applied_at) VALUES ('{file.stem}', {now});"
        )
    return "\n".join(parts) + "\n"


def wrangler_d1(
    finished: Finished, wrangler: list[str], where: list[str], env: dict[str, str]
) -> Execute:
    """Return a function that runs `wrangler d1 execute` and returns its results.

    `finished` runs a command with an environment to its end.
    """

    def execute(arguments: list[str]) -> list[dict[str, Any]]:
        command = [*wrangler, "d1", "execute", DATABASE, *where, "--yes", "--json", *arguments]
        done = finished(command, env)
        start = done.stdout.find("[")
        if done.returncode != 0 or start < 0:
            reason = (done.stdout + done.stderr).strip()
            raise MigrationError(f"D1 refused: {reason[-600:]}")
        results: list[dict[str, Any]] = json.loads(done.stdout[start:])
        return results

    return execute


def applied(execute: Execute) -> set[str]:
    """Return the versions that the database has; none when it is new."""
    tables = execute(
        ["--command", "SELECT name FROM sqlite_master WHERE name = 'schema_migrations'"]
    )
    if not tables[0]["results"]:
        return set()
    rows = execute(["--command", "SELECT version FROM schema_migrations"])[0]["results"]
    return {row["version"] for row in rows}


def migrate(execute: Execute, fresh: bool = False, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing and return its versions; `fresh`: the database is known to be new."""
    wanted = versions(folder)
    have = set() if fresh else applied(execute)
    pending = [version for version in wanted if version not in have]
    if pending:
        with tempfile.TemporaryDirectory() as work:
            file = Path(work) / "pending.sql"
            file.write_text(script((wanted[v] for v in pending), int(time.time() * 1000)), "utf-8")
            execute(["--file", str(file)])
    return pending
