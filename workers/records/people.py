"""D1 `people`: who somebody is, whatever community they are in."""

from records.db import Db, first
from schema.ids import Millis
from schema.rows import PersonRow


async def by_id(db: Db, person_id: str) -> PersonRow | None:
    return await first(db, "SELECT * FROM people WHERE id = ?", person_id)  # type: ignore[return-value]


async def by_email(db: Db, email: str) -> PersonRow | None:
    return await first(db, "SELECT * FROM people WHERE email = ?", email)  # type: ignore[return-value]


async def add(db: Db, person_id: str, email: str, name: str, now: Millis) -> None:
    """Somebody new; nothing when the address is known, as when two links are used at once."""
    await db.run(
        "INSERT INTO people (id, email, name, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (email) DO NOTHING",
        *(person_id, email, name, now),
    )
