"""Personal access tokens: made, listed and ended by their person, signed in with a browser."""

import json
from typing import Annotated, Any

from fastapi import Path, Response

from access.asker import Someone
from chat import readmitting
from domain import naming
from domain.api_tokens import TOKEN_BEGINS, TOKENS_AT_ONCE
from edge.clock import new_id, new_token, now_ms
from edge.routing import SECRET, routes
from edge.session import hashed
from records import api_tokens
from records.api_tokens import ApiToken
from schema.identity import MadeToken, NewToken, Token, TokenList
from schema.ids import ID_PATTERN
from schema.refusals import Refused
from schema.rows import TokenRow

router = routes("/api/me/tokens")
TokenId = Annotated[str, Path(pattern=ID_PATTERN)]
DAY_MS = 24 * 3_600_000


@router.get("")
async def tokens(asker: Someone) -> TokenList:
    where = (asker.community.community_id, asker.person["id"])
    rows = await api_tokens.of_person(asker.db, *where, now_ms())
    return TokenList(tokens=[shown(row) for row in rows])


@router.post("", status_code=201, openapi_extra={SECRET: True})
async def make_token(body: NewToken, asker: Someone) -> MadeToken:
    """Asks for `create_token`. Refuses: not_allowed, bad_fields."""
    await asker.may("create_token")
    if not naming.key(body.name):
        raise Refused("bad_fields", "A name needs a letter, a digit or a sign.")
    secret, now = TOKEN_BEGINS + new_token(), now_ms()
    row = TokenRow(
        id=new_id(),
        name=naming.shown(body.name),
        scopes=json.dumps(sorted(set(body.scopes))),
        created_at=now,
        expires_at=now + body.days * DAY_MS,
        used_at=None,
    )
    kept: dict[str, Any] = {"person_id": asker.person["id"]}
    kept |= {"community_id": asker.community.community_id}
    kept |= {name: value for name, value in row.items() if name != "used_at"}
    if not await api_tokens.add(asker.db, ApiToken(token_hash=hashed(secret), **kept)):
        raise Refused("not_allowed", f"You have {TOKENS_AT_ONCE} tokens here. End one first.")
    return MadeToken(secret=secret, token=shown(row))


@router.delete("/{token_id}", status_code=204)
async def end_token(token_id: TokenId, asker: Someone) -> Response:
    """Refuses: not_found."""
    where = (asker.community.community_id, asker.person["id"])
    token_hash = await api_tokens.end(asker.db, *where, token_id)
    if token_hash is None:
        raise Refused("not_found", "You have no such token here.")
    await readmitting.sign_out(asker, token_hash)
    return Response(status_code=204)


def shown(row: TokenRow) -> Token:
    return Token(**{**row, "scopes": json.loads(row["scopes"])})
