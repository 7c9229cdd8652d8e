"""Tickets: each opens one door, once, in time, while its session lasts."""

import pytest

from domain.sessions import SESSION_MS, begin
from domain.tickets import TICKET_MS
from records import people, sessions, socket_tickets
from records.socket_tickets import Ticket
from tests.unit.sqlite_db import SqliteDb

TICKET = Ticket("t", "kari", "session", "h", "garden", TICKET_MS)


async def a_ticket() -> SqliteDb:
    db = SqliteDb()
    await people.add(db, "kari", "kari@x.example", "Kari", 0)
    await sessions.add(db, begin("s", "session", "kari", "h", "", "", 0))
    await socket_tickets.add(db, TICKET, 0)
    return db


async def test_a_ticket_opens_its_door_once() -> None:
    db = await a_ticket()
    assert await socket_tickets.use(db, "t", "h", "garden", TICKET_MS - 1) == {
        "person_id": "kari",
        "proof": "session",
        "until": SESSION_MS,
    }
    assert await socket_tickets.use(db, "t", "h", "garden", TICKET_MS - 1) is None


@pytest.mark.parametrize(
    ("ticket", "host", "room", "now"),
    [
        ("forged", "h", "garden", 1),
        ("t", "elsewhere", "garden", 1),
        ("t", "h", "cabin", 1),
        ("t", "h", "garden", TICKET_MS),
    ],
    ids=["forged", "foreign", "another door", "late"],
)
async def test_any_other_ticket_opens_nothing_and_stays(
    ticket: str, host: str, room: str, now: int
) -> None:
    db = await a_ticket()
    assert await socket_tickets.use(db, ticket, host, room, now) is None
    assert await socket_tickets.use(db, "t", "h", "garden", 1) is not None


async def test_a_ticket_ends_with_its_session() -> None:
    db = await a_ticket()
    await sessions.end(db, "session")
    assert await socket_tickets.use(db, "t", "h", "garden", 1) is None


async def test_tickets_that_expired_are_not_kept() -> None:
    db = await a_ticket()
    later = Ticket("later", "kari", "session", "h", "garden", 9 * TICKET_MS)
    await socket_tickets.add(db, later, TICKET_MS)
    rows = await db.rows("SELECT ticket_hash FROM socket_tickets")
    assert [row["ticket_hash"] for row in rows] == ["later"]
