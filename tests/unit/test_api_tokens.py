"""Tokens: which scope a request needs, and whose they are."""

from dataclasses import replace

import pytest

from domain.api_tokens import TOKENS_AT_ONCE, USE_COUNTS_MS, check, counts, needed
from records import api_tokens, communities, members, people
from records.api_tokens import ApiToken
from schema.refusals import Refused
from tests.unit.site_map import routes
from tests.unit.sqlite_db import SqliteDb

TOKEN = ApiToken("t", "hash", "kari", "here", "Log", '["rooms:read"]', 0, 1_000)


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/api/rooms", "rooms:read"),
        ("HEAD", "/api/rooms/garden/messages", "rooms:read"),
        ("POST", "/api/rooms/garden/join", "rooms:write"),
        ("POST", "/api/socket-tickets", "rooms:write"),
        ("PUT", "/api/graphs/g", "graphs:write"),
        ("GET", "/api/me", "people:read"),
        ("GET", "/api/faces", "people:read"),
        ("GET", "/api/rooms/garden/members", "rooms:read"),
        ("POST", "/api/rooms/garden/members", "rooms:write"),
        ("PATCH", "/api/rooms/garden/members/kari", None),
        ("DELETE", "/api/rooms/garden/members/kari", "rooms:write"),
        ("GET", "/api/rooms/garden/permissions", None),
        ("PUT", "/api/rooms/garden/permissions", None),
        ("GET", "/api/me/sessions", None),
        ("PATCH", "/api/me/profile", None),
        ("POST", "/api/me/tokens", None),
        ("DELETE", "/api/me/sessions", None),
        ("GET", "/api/me/", None),
        ("GET", "/avatars/kari/1.png", None),
        ("GET", "/api/roomsx", None),
        ("GET", "rooms", None),
    ],
)
def test_a_request_needs_its_scope(method: str, path: str, scope: str | None) -> None:
    assert needed(method, path) == scope


def test_what_is_not_named_is_not_for_tokens() -> None:
    """Every route that somebody adds is out of reach until it is named."""
    reached = {one.path for one in routes() if needed(one.method, one.path) is not None}
    assert not [
        path for path in reached if path.startswith(("/api/me/", "/api/sign", "/api/local"))
    ]


def test_a_scope_reaches_its_own_alone() -> None:
    check(["rooms:read"], "GET", "/api/rooms")
    for method, path in (("POST", "/api/rooms"), ("GET", "/api/graphs"), ("GET", "/api/me/tokens")):
        with pytest.raises(Refused, match="out_of_scope"):
            check(["rooms:read"], method, path)


def test_a_use_counts_once_a_minute() -> None:
    assert counts(None, 5)
    assert not counts(0, USE_COUNTS_MS - 1)
    assert counts(0, USE_COUNTS_MS)


async def a_token() -> SqliteDb:
    db = SqliteDb()
    for place in ("here", "there"):
        sql = "INSERT INTO communities (id, slug, name, created_at) VALUES (?1, ?1, ?1, 0)"
        await db.run(sql, place)
    await people.add(db, "kari", "kari@x.example", "Kari", 0)
    assert await api_tokens.add(db, TOKEN)
    return db


async def test_a_token_counts_in_its_community_and_in_time() -> None:
    db = await a_token()
    assert (await api_tokens.person(db, "hash", "here", 999) or {}).get("id") == "kari"
    assert await api_tokens.person(db, "hash", "there", 999) is None
    assert await api_tokens.person(db, "hash", "here", 1_000) is None
    assert await api_tokens.person(db, "forged", "here", 1) is None


async def test_nobody_ends_a_token_of_somebody_else() -> None:
    db = await a_token()
    assert await api_tokens.end(db, "here", "ola", "t") is None
    assert await api_tokens.end(db, "there", "kari", "t") is None
    assert await api_tokens.end(db, "here", "kari", "t") == "hash"
    assert await api_tokens.person(db, "hash", "here", 1) is None


async def test_with_a_membership_go_its_tokens_and_with_an_address_all() -> None:
    db = await a_token()
    there = {"id": "t2", "token_hash": "far", "community_id": "there"}
    assert await api_tokens.add(db, replace(TOKEN, **there))
    await people.add(db, "ola", "ola@x.example", "Ola", 0)
    for person_id in ("ola", "kari"):  # the first of all is the owner, and stays
        await communities.welcome(db, "there", person_id, 1)
    await db.batch(api_tokens.end_here("there", "kari"))
    assert await api_tokens.person(db, "far", "there", 1), "a member's do not end"
    await db.batch(members.end("there", "kari"), api_tokens.end_here("there", "kari"))
    assert await api_tokens.person(db, "far", "there", 1) is None
    assert await api_tokens.person(db, "hash", "here", 1)
    assert await api_tokens.add(db, replace(TOKEN, **there))
    ended = await api_tokens.end_all(db, "kari")
    assert {(one["token_hash"], one["community_id"]) for one in ended} == {
        ("hash", "here"),
        ("far", "there"),
    }
    assert await api_tokens.end_all(db, "kari") == []


async def test_somebody_has_so_many_tokens_and_expired_ones_do_not_count() -> None:
    db = await a_token()

    def another(number: int, now: int) -> ApiToken:
        return ApiToken(f"t{number}", f"h{number}", "kari", "here", "L", "[]", now, now + 5_000)

    for number in range(1, TOKENS_AT_ONCE):
        assert await api_tokens.add(db, another(number, 0))
    assert not await api_tokens.add(db, another(99, 999))
    assert await api_tokens.add(db, another(99, 1_000))
