"""D1 `socket_tickets`: a row is a ticket that nobody has used."""

from dataclasses import dataclass

from records.db import Db, first
from schema.ids import Millis
from schema.rows import TicketRow


@dataclass(frozen=True)
class Ticket:
    """As it is stored: its secret only as a hash. `proof`: of the session or token that asked."""

    ticket_hash: str
    person_id: str
    proof: str
    host: str
    room_id: str
    expires_at: Millis


async def add(db: Db, ticket: Ticket, now: Millis) -> None:
    """One more; those that expired go."""
    await db.batch(
        ("DELETE FROM socket_tickets WHERE expires_at <= ?", now),
        (
            "INSERT INTO socket_tickets (ticket_hash, person_id, proof, host, room_id, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(ticket.ticket_hash, ticket.person_id, ticket.proof),
            *(ticket.host, ticket.room_id, ticket.expires_at),
        ),
    )


async def use(db: Db, ticket_hash: str, host: str, room_id: str, now: Millis) -> TicketRow | None:
    """Tear a ticket; whose it was, while what they proved it with still counts. None: it is none
    for this door, or was torn, or came too late."""
    return await first(  # type: ignore[return-value]
        db,
        "DELETE FROM socket_tickets WHERE ticket_hash = ?1 AND host = ?2 AND room_id = ?3"
        " AND expires_at > ?4 AND (EXISTS (SELECT 1 FROM sessions"
        "  WHERE token_hash = proof AND sessions.expires_at > ?4)"
        " OR EXISTS (SELECT 1 FROM api_tokens"
        "  WHERE token_hash = proof AND api_tokens.expires_at > ?4))"
        " RETURNING person_id, proof, coalesce("
        "  (SELECT sessions.expires_at FROM sessions WHERE token_hash = proof),"
        "  (SELECT api_tokens.expires_at FROM api_tokens WHERE token_hash = proof)) AS until",
        *(ticket_hash, host, room_id, now),
    )
