"""D1 `email_changes`: new addresses that wait for their link to be used."""

from domain.email_changes import CHANGES_AT_ONCE, EmailChange
from records.db import Db, first
from schema.ids import Millis


async def add(db: Db, token_hash: str, change: EmailChange, now: Millis) -> bool:
    """False: there are enough of them, or the address is somebody's. Nobody is told which."""
    changed = await db.batch(
        (
            "DELETE FROM email_changes WHERE person_id = ? AND expires_at <= ?",
            change.person_id,
            now,
        ),
        (
            "INSERT INTO email_changes (token_hash, person_id, email, host, expires_at)"
            " SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM people WHERE email = ?3)"
            " AND (SELECT count(*) FROM email_changes WHERE person_id = ?2) < ?6",
            *(token_hash, change.person_id, change.email, change.host, change.expires_at),
            CHANGES_AT_ONCE,
        ),
    )
    return changed[1] > 0


async def by_hash(db: Db, token_hash: str) -> EmailChange | None:
    row = await first(
        db,
        "SELECT person_id, email, host, expires_at FROM email_changes WHERE token_hash = ?",
        token_hash,
    )
    return EmailChange(**row) if row else None


async def make(db: Db, token_hash: str, person_id: str, old: str, email: str) -> bool:
    """Change the address, once. With it go links to the old one and what else was asked for.
    False: it was done already, or the address became somebody else's meanwhile."""
    waits = "EXISTS (SELECT 1 FROM email_changes WHERE token_hash = ?)"
    changed = await db.batch(
        (
            f"UPDATE OR IGNORE people SET email = ? WHERE id = ? AND {waits}",
            *(email, person_id, token_hash),
        ),
        ("DELETE FROM email_changes WHERE person_id = ?", person_id),
        ("DELETE FROM sign_in_links WHERE email = ? AND used_at IS NULL", old),
        ("DELETE FROM identities WHERE person_id = ? AND provider = 'email'", person_id),
    )
    return changed[0] > 0
