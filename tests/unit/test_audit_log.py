"""The audit log in D1 and as a file."""

import csv
import io
import sqlite3

import pytest

from domain.audit_text import as_csv, as_lines
from records import audit_log
from records.audit_log import Act, Wanted, entry
from schema.audit import AuditEntry
from schema.wire import Person
from tests.unit.test_rooms_records import two_communities


async def test_acts_are_found_by_who_what_whom_and_when_in_their_community() -> None:
    db = await two_communities()
    for number, community in enumerate(["aurora", "aurora", "borealis"]):
        act = Act(f"a{number}", community, number, "aurora-ada", f"do{number}", "aurora-finn")
        await db.batch(entry(act))

    async def found(**how: object) -> list[str]:
        rows = await audit_log.page(db, "aurora", Wanted(**how), 10)  # type: ignore[arg-type]
        return [row["id"] for row in rows]

    assert await found() == ["a1", "a0"]
    assert await found(actor="aurora-ada", action="do1", target="aurora-finn") == ["a1"]
    assert await found(since=1) == ["a1"] and await found(until=1) == ["a0"]
    assert await found(before="a1") == ["a0"]
    assert await found(target="aurora-guest") == []
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        await db.run("DELETE FROM audit_log")


def test_a_cell_is_never_a_formula() -> None:
    act = AuditEntry(
        id="a",
        at=1_795_342_500_000,
        actor=Person(id="ada", name="=HYPERLINK(1)"),
        action="x",
        target_id="",
        target="+1",
        room_id=None,
        room="a,b",
        address="::1",
        details={"reason": "é"},
    )
    [row] = csv.DictReader(io.StringIO(as_csv([act])))
    assert (row["actor"], row["target"], row["room"]) == ("'=HYPERLINK(1)", "'+1", "a,b")
    assert (row["at"], row["details"]) == ("2026-11-22T10:15:00.000+00:00", '{"reason": "é"}')
    assert AuditEntry.model_validate_json(as_lines([act])) == act
