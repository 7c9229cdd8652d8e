"""D1 `idempotency_keys`: what a creation answered, for whoever asks for the same once more."""

from dataclasses import dataclass

from records.db import Db, first
from schema.ids import Millis

KEPT_MS = 24 * 3_600_000
ABANDONED_MS = 60_000


@dataclass(frozen=True)
class Once:
    """A creation that is to happen once: who asks, the key that they chose, and what they ask.

    `proof`: the hash of the session or token that they ask with.
    """

    scope: str
    key: str
    asked: str
    proof: str


@dataclass(frozen=True)
class Kept:
    """What is there under a key. `status` is None while the first request runs."""

    asked: str
    status: int | None
    body: str


async def begin(db: Db, once: Once, now: Millis) -> Kept | None:
    """None when it is ours to do, from now on; else what is there, for a proof that counts.

    One that was begun and neither answered nor given up within a minute, as when a worker ends, may
    be begun again.
    """
    changed = await db.batch(
        (
            "DELETE FROM idempotency_keys WHERE asked_at <= ?1 OR (asked_at <= ?2"
            " AND status IS NULL AND scope = ?3 AND key = ?4)",
            *(now - KEPT_MS, now - ABANDONED_MS, once.scope, once.key),
        ),
        (
            "INSERT INTO idempotency_keys (scope, key, asked, asked_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            *(once.scope, once.key, once.asked, now),
        ),
    )
    if changed[1]:
        return None
    row = await first(
        db,
        "SELECT asked, status, body FROM idempotency_keys WHERE scope = ?1 AND key = ?2"
        " AND (EXISTS (SELECT 1 FROM sessions WHERE token_hash = ?3 AND expires_at > ?4)"
        "  OR EXISTS (SELECT 1 FROM api_tokens WHERE token_hash = ?3 AND expires_at > ?4))",
        *(once.scope, once.key, once.proof, now),
    )
    return Kept(**row) if row else None


async def keep(db: Db, once: Once, status: int, body: str) -> None:
    """It happened, and this was the answer."""
    await db.run(
        "UPDATE idempotency_keys SET status = ?, body = ? WHERE scope = ? AND key = ?",
        *(status, body, once.scope, once.key),
    )


async def give_up(db: Db, once: Once) -> None:
    """It did not happen: the key is free again."""
    await db.run(
        "DELETE FROM idempotency_keys WHERE scope = ? AND key = ? AND status IS NULL",
        *(once.scope, once.key),
    )
