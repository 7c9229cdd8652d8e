"""D1 `hand_overs`: a row is a ticket to another host that nobody has used."""

from domain.hand_overs import HandOver
from records.db import Db, first
from schema.ids import Millis
from schema.rows import TravelRow

COUNTS = (
    "ticket_hash = ?1 AND host = ?2 AND expires_at > ?3 AND EXISTS (SELECT 1 FROM sessions"
    " WHERE token_hash = proof AND sessions.host = origin AND sessions.expires_at > ?3)"
)
WHOSE = (
    "person_id, origin, (SELECT sessions.ends_at FROM sessions WHERE token_hash = proof) AS ends_at"
)


async def add(db: Db, ticket: HandOver, now: Millis) -> None:
    """One more; those that expired go."""
    await db.batch(
        ("DELETE FROM hand_overs WHERE expires_at <= ?", now),
        (
            "INSERT INTO hand_overs (ticket_hash, person_id, proof, origin, host, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(ticket.ticket_hash, ticket.person_id, ticket.proof),
            *(ticket.origin, ticket.host, ticket.expires_at),
        ),
    )


async def look(db: Db, ticket_hash: str, host: str, now: Millis) -> TravelRow | None:
    """Whose a ticket is, and from where they come. None: it is none for this host, was used, came
    too late, or the session that asked for it has ended."""
    sql = f"SELECT {WHOSE} FROM hand_overs WHERE {COUNTS}"
    return await first(db, sql, ticket_hash, host, now)  # type: ignore[return-value]


async def use(db: Db, ticket_hash: str, host: str, now: Millis) -> TravelRow | None:
    """Use it up; the same as `look`."""
    sql = f"DELETE FROM hand_overs WHERE {COUNTS} RETURNING {WHOSE}"
    return await first(db, sql, ticket_hash, host, now)  # type: ignore[return-value]
