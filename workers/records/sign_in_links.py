"""D1 `sign_in_links`: proofs of an e-mail address, each for one use."""

from domain.signing_in import Link
from records.db import Db, first
from schema.ids import Millis


async def add(db: Db, token_hash: str, link: Link) -> None:
    await db.run(
        "INSERT INTO sign_in_links (token_hash, email, host, expires_at) VALUES (?, ?, ?, ?)",
        *(token_hash, link.email, link.host, link.expires_at),
    )


async def by_hash(db: Db, token_hash: str) -> Link | None:
    row = await first(
        db,
        "SELECT email, host, expires_at, used_at FROM sign_in_links WHERE token_hash = ?",
        token_hash,
    )
    return Link(**row) if row else None


async def use(db: Db, token_hash: str, now: Millis) -> bool:
    """Mark it used; False when somebody was faster."""
    return 0 < await db.run(
        "UPDATE sign_in_links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL",
        *(now, token_hash),
    )


async def count_open(db: Db, email: str, now: Millis) -> int:
    """Links to this address that could still be used."""
    row = await first(
        db,
        "SELECT count(*) AS open FROM sign_in_links"
        " WHERE email = ? AND expires_at > ? AND used_at IS NULL",
        *(email, now),
    )
    return int(row["open"]) if row else 0
