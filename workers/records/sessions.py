"""D1 `sessions`: who is signed in. The token itself is only in the browser."""

from domain.sessions import Session
from records.db import Db, first
from schema.ids import Millis
from schema.rows import PersonRow


async def add(db: Db, session: Session) -> None:
    await db.run(
        "INSERT INTO sessions (token_hash, person_id, host, user_agent, address, created_at,"
        " used_at, expires_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(session.token_hash, session.person_id, session.host, session.user_agent),
        *(session.address, session.created_at, session.created_at),
        *(session.expires_at, session.ends_at),
    )


async def person(db: Db, token_hash: str, host: str, now: Millis) -> PersonRow | None:
    """Whose session this is, while it lasts, at the host that made it."""
    return await first(  # type: ignore[return-value]
        db,
        "SELECT people.* FROM sessions JOIN people ON people.id = sessions.person_id"
        " WHERE sessions.token_hash = ? AND sessions.host = ? AND sessions.expires_at > ?",
        *(token_hash, host, now),
    )


async def end(db: Db, token_hash: str) -> None:
    await db.run("DELETE FROM sessions WHERE token_hash = ?", token_hash)
