"""Tickets that take somebody to another host: whose, where, once, and for how long."""

from urllib.parse import parse_qs, urlsplit

import pytest

from domain.hand_overs import HAND_OVER_MS, HandOver, page, proof_of
from domain.sessions import SESSION_MOST_MS, SESSION_MS, begin
from records import hand_overs, people, sessions
from tests.unit.sqlite_db import SqliteDb

HERE, THERE = "chat.vegvisr.org", "chat.harbour.vegvisr.org"


async def a_ticket(secret: str = "t", asked_at: int = 0) -> SqliteDb:
    """Kari is signed in here, and has a ticket that takes her there."""
    db = SqliteDb()
    await people.add(db, "kari", "kari@aurora.example", "Kari", 0)
    await sessions.add(db, begin("s", "proof", "kari", HERE, "", "", 0))
    until = asked_at + HAND_OVER_MS
    await hand_overs.add(db, HandOver(secret, "kari", "proof", HERE, THERE, until), asked_at)
    return db


async def test_a_ticket_works_once_and_to_look_at_it_does_not_use_it() -> None:
    db = await a_ticket()
    kari = {"person_id": "kari", "origin": HERE, "ends_at": SESSION_MOST_MS}
    assert await hand_overs.look(db, "t", THERE, 1) == kari
    assert await hand_overs.look(db, "t", THERE, 2) == kari
    assert await hand_overs.use(db, "t", THERE, 3) == kari
    assert await hand_overs.look(db, "t", THERE, 4) is None
    assert await hand_overs.use(db, "t", THERE, 4) is None


@pytest.mark.parametrize(
    ("ticket", "host", "at"),
    [("t", HERE, 1), ("t", "chat.other.org", 1), ("forged", THERE, 1), ("t", THERE, HAND_OVER_MS)],
)
async def test_another_host_a_forged_one_and_one_that_is_late_get_nobody_in(
    ticket: str, host: str, at: int
) -> None:
    db = await a_ticket()
    assert await hand_overs.look(db, ticket, host, at) is None
    assert await hand_overs.use(db, ticket, host, at) is None
    assert await hand_overs.use(db, "t", THERE, HAND_OVER_MS - 1) is not None


async def test_a_ticket_ends_with_the_session_that_asked_for_it() -> None:
    db = await a_ticket(asked_at=SESSION_MS - 10)
    assert await hand_overs.look(db, "t", THERE, SESSION_MS - 1) is not None
    assert await hand_overs.use(db, "t", THERE, SESSION_MS) is None
    await sessions.end(db, "proof")
    assert await hand_overs.use(db, "t", THERE, SESSION_MS - 1) is None


async def test_tickets_that_nobody_used_are_not_kept() -> None:
    db = await a_ticket()
    late = HandOver("u", "kari", "proof", HERE, THERE, 2 * HAND_OVER_MS)
    await hand_overs.add(db, late, HAND_OVER_MS)
    rows = await db.rows("SELECT ticket_hash FROM hand_overs")
    assert [row["ticket_hash"] for row in rows] == ["u"]


def test_the_ticket_stands_where_no_browser_sends_it() -> None:
    found = urlsplit(page("http://chat.vegvisr.org/api", THERE, "production", "s", "/rooms/a?b=c"))
    assert (found.scheme, found.netloc, found.path, found.query) == (
        *("https", THERE),
        *("/hand-over", ""),
    )
    assert parse_qs(found.fragment) == {"ticket": ["s"], "next": ["/rooms/a?b=c"]}
    local = page("http://chat.localhost:8787/api", "chat.aurora.localhost", "local", "s", "/")
    assert local.startswith("http://chat.aurora.localhost:8787/hand-over#")


def test_the_other_host_is_who_vouches() -> None:
    kari = {"id": "kari", "email": "k@x.example", "name": "Kari", "about": "", "created_at": 0}
    proof = proof_of(kari, HERE)  # type: ignore[arg-type]
    assert (proof.provider, proof.subject, proof.proven_by) == (HERE, "kari", "hand_over")
