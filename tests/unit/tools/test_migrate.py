"""Migrations: in order, each once, recorded. SQLite stands where D1 does: it is the same SQL."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wrangler.migrate import Execute, MigrationError, migrate, script, versions

BASE = "CREATE TABLE schema_migrations (version TEXT PRIMARY KEY, applied_at INTEGER NOT NULL);"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two migrations."""
    (tmp_path / "0001_base.sql").write_text(BASE)
    (tmp_path / "0002_rooms.sql").write_text("CREATE TABLE rooms (id TEXT)")
    return tmp_path


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """An empty database."""
    connection = sqlite3.connect(":memory:")
    yield connection
    connection.close()


def on(db: sqlite3.Connection) -> Execute:
    """Return what runs the arguments of `wrangler d1 execute` on this database."""

    def execute(arguments: list[str]) -> list[dict[str, Any]]:
        kind, value = arguments
        if kind == "--file":
            db.executescript(Path(value).read_text())
            return []
        cursor = db.execute(value)
        names = [column[0] for column in cursor.description]
        return [{"results": [dict(zip(names, row, strict=True)) for row in cursor]}]

    return execute


def test_a_new_database_gets_all_in_order(folder: Path, db: sqlite3.Connection) -> None:
    assert migrate(on(db), folder=folder) == ["0001_base", "0002_rooms"]
    rows = db.execute("SELECT version, applied_at FROM schema_migrations ORDER BY version")
    recorded = rows.fetchall()
    assert [version for version, _ in recorded] == ["0001_base", "0002_rooms"]
    assert all(applied_at > 1_700_000_000_000 for _, applied_at in recorded)


def test_a_second_run_applies_nothing(folder: Path, db: sqlite3.Connection) -> None:
    migrate(on(db), folder=folder)
    assert migrate(on(db), folder=folder) == []


def test_a_later_migration_is_applied_alone(folder: Path, db: sqlite3.Connection) -> None:
    migrate(on(db), folder=folder)
    (folder / "0003_names.sql").write_text("ALTER TABLE rooms ADD COLUMN name TEXT;")
    assert migrate(on(db), folder=folder) == ["0003_names"]


@pytest.mark.parametrize("name", ["0002_again.sql", "0004_after_a_gap.sql"])
def test_a_number_twice_or_a_gap_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("SELECT 1;")
    with pytest.raises(MigrationError, match="not numbered"):
        versions(folder)


def test_a_file_without_a_last_semicolon_is_closed(folder: Path) -> None:
    text = script([folder / "0002_rooms.sql"], now=5)
    assert text.splitlines()[0] == "CREATE TABLE rooms (id TEXT);"
    assert text.endswith("VALUES ('0002_rooms', 5);\n")


def test_the_projects_own_migrations_are_in_order() -> None:
    assert next(iter(versions())) == "0001_base"
