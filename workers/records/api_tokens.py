"""D1 `api_tokens`: what acts for somebody in one community. The token itself is only with them."""

from dataclasses import dataclass
from typing import Any

from domain.api_tokens import TOKENS_AT_ONCE
from records.db import Db, Statement, first
from schema.ids import Millis
from schema.rows import TokenPersonRow, TokenRow


@dataclass(frozen=True)
class ApiToken:
    """As it is stored; `scopes` is a JSON list."""

    id: str
    token_hash: str
    person_id: str
    community_id: str
    name: str
    scopes: str
    created_at: Millis
    expires_at: Millis


async def add(db: Db, token: ApiToken) -> bool:
    """One more; those of this person that expired go. False: they have enough of them here."""
    changed = await db.batch(
        (
            "DELETE FROM api_tokens WHERE person_id = ? AND community_id = ? AND expires_at <= ?",
            *(token.person_id, token.community_id, token.created_at),
        ),
        (
            "INSERT INTO api_tokens (id, token_hash, person_id, community_id, name, scopes,"
            " created_at, expires_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE (SELECT count(*)"
            " FROM api_tokens WHERE person_id = ?3 AND community_id = ?4) < ?9",
            *(token.id, token.token_hash, token.person_id, token.community_id, token.name),
            *(token.scopes, token.created_at, token.expires_at, TOKENS_AT_ONCE),
        ),
    )
    return changed[1] > 0


async def person(db: Db, token_hash: str, community_id: str, now: Millis) -> TokenPersonRow | None:
    """Whose token this is, in its own community, while it lasts."""
    return await first(  # type: ignore[return-value]
        db,
        "SELECT people.*, api_tokens.scopes, api_tokens.used_at"
        " FROM api_tokens JOIN people ON people.id = api_tokens.person_id"
        " WHERE token_hash = ? AND community_id = ? AND expires_at > ?",
        *(token_hash, community_id, now),
    )


async def note_use(db: Db, token_hash: str, now: Millis) -> None:
    await db.run("UPDATE api_tokens SET used_at = ? WHERE token_hash = ?", now, token_hash)


async def of_person(db: Db, community_id: str, person_id: str, now: Millis) -> list[TokenRow]:
    rows: list[Any] = await db.rows(
        "SELECT id, name, scopes, created_at, expires_at, used_at FROM api_tokens"
        " WHERE person_id = ? AND community_id = ? AND expires_at > ? ORDER BY created_at DESC, id",
        *(person_id, community_id, now),
    )
    return rows


async def end(db: Db, community_id: str, person_id: str, token_id: str) -> str | None:
    """End one; its hash. None: they have no such token here."""
    row = await first(
        db,
        "DELETE FROM api_tokens WHERE id = ? AND person_id = ? AND community_id = ?"
        " RETURNING token_hash",
        *(token_id, person_id, community_id),
    )
    return row["token_hash"] if row else None


def end_here(community_id: str, person_id: str) -> Statement:
    """For who is a member no more."""
    return (
        "DELETE FROM api_tokens WHERE person_id = ?1 AND community_id = ?2"
        " AND NOT EXISTS (SELECT 1 FROM community_members WHERE community_id = ?2"
        "  AND user_id = ?1)",
        *(person_id, community_id),
    )


async def end_all(db: Db, person_id: str) -> list[dict[str, Any]]:
    """Every token of somebody, wherever it counts: its hash and its community."""
    sql = "DELETE FROM api_tokens WHERE person_id = ? RETURNING token_hash, community_id"
    return await db.rows(sql, person_id)
