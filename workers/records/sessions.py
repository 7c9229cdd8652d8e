"""D1 `sessions`: who is signed in. The token itself is only in the browser."""

from records.db import Db, first
from schema.ids import Millis
from schema.rows import PersonRow


async def add(db: Db, token_hash: str, person_id: str, now: Millis, expires_at: Millis) -> None:
    await db.run(
        "INSERT INTO sessions (token_hash, person_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
        *(token_hash, person_id, now, expires_at),
    )


async def person(db: Db, token_hash: str, now: Millis) -> PersonRow | None:
    """Whose session this is, while it lasts."""
    return await first(  # type: ignore[return-value]
        db,
        "SELECT people.* FROM sessions JOIN people ON people.id = sessions.person_id"
        " WHERE sessions.token_hash = ? AND sessions.expires_at > ?",
        *(token_hash, now),
    )


async def end(db: Db, token_hash: str) -> None:
    await db.run("DELETE FROM sessions WHERE token_hash = ?", token_hash)
