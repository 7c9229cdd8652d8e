"""D1 `sign_in_links`: proofs of an e-mail address, each for one use."""

from domain.signing_in import LINKS_AN_HOUR, LINKS_AT_ONCE, LINKS_FROM_ALL, Link
from records.db import Db, first
from schema.ids import Millis

HOUR_MS = 3_600_000


async def add(
    db: Db, token_hash: str, link: Link, community_id: str, sender: str, now: Millis
) -> bool:
    """One more link, in one statement that counts and adds; False when there are enough of them:
    open ones to this address, of this sender or of all, or those that this sender asked for here
    within the hour. A few from elsewhere do not keep somebody from their own."""
    changed = await db.batch(
        ("DELETE FROM sign_in_links WHERE asked_at <= ?", now - HOUR_MS),
        (
            "INSERT INTO sign_in_links"
            " (token_hash, email, host, community_id, sender, asked_at, expires_at, browser)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?10"
            " WHERE (SELECT count(*) FROM sign_in_links"
            "  WHERE email = ?2 AND expires_at > ?6 AND used_at IS NULL AND sender = ?5) < ?8"
            " AND (SELECT count(*) FROM sign_in_links"
            "  WHERE email = ?2 AND expires_at > ?6 AND used_at IS NULL) < ?11"
            " AND (SELECT count(*) FROM sign_in_links"
            "  WHERE sender = ?5 AND community_id = ?4) < ?9",
            *(token_hash, link.email, link.host, community_id, sender, now, link.expires_at),
            *(LINKS_AT_ONCE, LINKS_AN_HOUR, link.browser, LINKS_FROM_ALL),
        ),
    )
    return changed[1] > 0


async def by_hash(db: Db, token_hash: str) -> Link | None:
    row = await first(
        db,
        "SELECT email, host, browser, expires_at, used_at FROM sign_in_links WHERE token_hash = ?",
        token_hash,
    )
    return Link(**row) if row else None


async def use(db: Db, token_hash: str, now: Millis) -> bool:
    """Mark it used; False when somebody was faster."""
    return 0 < await db.run(
        "UPDATE sign_in_links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL",
        *(now, token_hash),
    )
