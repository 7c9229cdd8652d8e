"""D1 `identities`: each row says how somebody proved who they are, and when last."""

from domain.accounts import Proof
from records.db import Db, first
from schema.ids import Millis
from schema.rows import PersonRow


async def person(db: Db, provider: str, subject: str) -> PersonRow | None:
    return await first(  # type: ignore[return-value]
        db,
        "SELECT people.* FROM identities JOIN people ON people.id = identities.person_id"
        " WHERE identities.provider = ? AND identities.subject = ?",
        *(provider, subject),
    )


async def prove(db: Db, proof: Proof, person_id: str, now: Millis) -> None:
    await db.run(
        "INSERT INTO identities (provider, subject, person_id, proven_by, proven_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (provider, subject) DO UPDATE"
        " SET person_id = ?3, proven_by = ?4, proven_at = ?5",
        *(proof.provider, proof.subject, person_id, proof.proven_by, now),
    )
