"""D1 `people`: who somebody is, whatever community they are in."""

from domain import naming
from records.db import Db, first
from schema.ids import Millis
from schema.rows import PersonRow

# With `community_members` of one community: the name with the number that it has there.
SHOWN_NAME = "people.name || coalesce(' ' || community_members.name_number, '')"
SHOWN_KEY = "people.name_key || coalesce(' ' || community_members.name_number, '')"


async def by_id(db: Db, person_id: str) -> PersonRow | None:
    return await first(db, "SELECT * FROM people WHERE id = ?", person_id)  # type: ignore[return-value]


async def by_email(db: Db, email: str) -> PersonRow | None:
    return await first(db, "SELECT * FROM people WHERE email = ?", email)  # type: ignore[return-value]


async def add(db: Db, person_id: str, email: str, name: str, now: Millis) -> None:
    """Somebody new; nothing when the address is known, as when two links are used at once."""
    await db.run(
        "INSERT INTO people (id, email, name, name_key, created_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (email) DO NOTHING",
        *(person_id, email, name, naming.key(name), now),
    )


async def names_like(db: Db, community_id: str, name: str) -> set[str]:
    """The keys of names in a community that begin like this one."""
    rows = await db.rows(
        f"SELECT {SHOWN_KEY} AS name_key FROM people JOIN community_members"
        " ON community_members.user_id = people.id AND community_members.community_id = ?1"
        " WHERE people.name_key >= ?2 AND people.name_key < ?2 || char(0x10FFFF)",
        *(community_id, naming.key(name)),
    )
    return {row["name_key"] for row in rows}
