"""The audit log as a file: a table for people, or a line of JSON for each act."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from schema.audit import AuditEntry

HEAD = (
    *("at", "actor_id", "actor", "action", "target_id", "target"),
    *("room_id", "room", "address", "details"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(entries: Iterable[AuditEntry]) -> str:
    """One row each. A cell that a spreadsheet would take for a formula begins with a quote."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(HEAD)
    for entry in entries:
        table.writerow([_harmless(cell) for cell in _cells(entry)])
    return text.getvalue()


def as_lines(entries: Iterable[AuditEntry]) -> str:
    return "".join(entry.model_dump_json() + "\n" for entry in entries)


def _cells(entry: AuditEntry) -> list[str]:
    moment = datetime.fromtimestamp(entry.at / 1000, UTC).isoformat(timespec="milliseconds")
    who = [entry.actor.id, entry.actor.name, entry.action, entry.target_id, entry.target]
    details = json.dumps(entry.details, ensure_ascii=False)
    return [moment, *who, entry.room_id or "", entry.room, entry.address, details]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
