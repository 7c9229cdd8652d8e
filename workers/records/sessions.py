"""D1 `sessions`: who is signed in. The token itself is only in the browser."""

from typing import Any

from domain.sessions import Session
from records.db import Db, first
from schema.ids import Millis
from schema.rows import SessionPersonRow, SessionRow


async def add(db: Db, session: Session) -> None:
    """One more session; those of this person that expired go."""
    await db.batch(
        (
            "DELETE FROM sessions WHERE person_id = ? AND expires_at <= ?",
            *(session.person_id, session.created_at),
        ),
        (
            "INSERT INTO sessions (id, token_hash, person_id, host, user_agent, address,"
            " created_at, used_at, expires_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(session.id, session.token_hash, session.person_id, session.host),
            *(session.user_agent, session.address, session.created_at, session.created_at),
            *(session.expires_at, session.ends_at),
        ),
    )


async def person(db: Db, token_hash: str, host: str, now: Millis) -> SessionPersonRow | None:
    """Whose session this is, while it lasts, at the host that made it; and when it was used."""
    return await first(  # type: ignore[return-value]
        db,
        "SELECT people.*, sessions.used_at, sessions.ends_at"
        " FROM sessions JOIN people ON people.id = sessions.person_id"
        " WHERE sessions.token_hash = ? AND sessions.host = ? AND sessions.expires_at > ?",
        *(token_hash, host, now),
    )


async def roll(db: Db, token_hash: str, now: Millis, expires_at: Millis) -> None:
    """It was used. A session that ended meanwhile stays ended."""
    await db.run(
        "UPDATE sessions SET used_at = ?, expires_at = ? WHERE token_hash = ?",
        *(now, expires_at, token_hash),
    )


async def of_person(db: Db, person_id: str, now: Millis) -> list[SessionRow]:
    """Where somebody is signed in, the last used first."""
    rows: list[Any] = await db.rows(
        "SELECT id, token_hash, host, user_agent, address, created_at, used_at FROM sessions"
        " WHERE person_id = ? AND expires_at > ? ORDER BY used_at DESC, id",
        *(person_id, now),
    )
    return rows


async def end(db: Db, token_hash: str) -> bool:
    """False: there was none."""
    return 0 < await db.run("DELETE FROM sessions WHERE token_hash = ?", token_hash)


async def end_one(db: Db, person_id: str, session_id: str) -> SessionRow | None:
    """End one session of somebody; what it was. None: they have no such session."""
    return await first(  # type: ignore[return-value]
        db,
        "DELETE FROM sessions WHERE id = ? AND person_id = ? RETURNING *",
        *(session_id, person_id),
    )


async def end_others(db: Db, person_id: str, token_hash: str) -> list[SessionRow]:
    """End every session of somebody but this one; what they were."""
    rows: list[Any] = await db.rows(
        "DELETE FROM sessions WHERE person_id = ? AND token_hash <> ? RETURNING *",
        *(person_id, token_hash),
    )
    return rows
