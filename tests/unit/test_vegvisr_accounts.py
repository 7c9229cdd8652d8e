"""Signing in with a Vegvisr account, in the shapes that its servers answer in."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import respx
from pydantic_core import from_json

from access.identity import identified
from chat.vegvisr import VegvisrAccounts
from domain.accounts import Account, Proof, proof_of, role_here
from domain.magic_links import way_back
from records import communities, people
from schema.refusals import Refused
from tests.unit.sqlite_db import SqliteDb

COOKIE, DASHBOARD = "https://cookie.vegvisr.org", "https://dashboard.vegvisr.org"
MAGIC, TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e", "vv_prod_0123456789abcdef"
USER = {"email": "Kari@x.example", "user_id": "u-1", "oauth_id": None, "role": "Admin"}
KARI = Account("kari@x.example", "u-1", "Admin")


async def asked(kind: str, secret: str) -> Account:
    async with (
        httpx.AsyncClient(base_url=COOKIE) as sign_in,
        httpx.AsyncClient(base_url=DASHBOARD) as accounts,
    ):
        servers = VegvisrAccounts(sign_in, accounts)
        return await (servers.by_magic if kind == "magic" else servers.by_token)(secret)


def verified(**more: Any) -> dict[str, Any]:
    return {"success": True, "email": "kari@x.example", "expiresAt": 1, "redirectUrl": "", **more}


@respx.mock
async def test_a_magic_link_is_verified_on_the_server() -> None:
    verify = respx.get(f"{COOKIE}/login/magic/verify", params={"token": MAGIC})
    verify.respond(json=verified(apiToken=TOKEN))
    profile = respx.get(f"{DASHBOARD}/userdata-from-token").respond(json=USER)
    assert await asked("magic", MAGIC) == KARI
    assert profile.calls[0].request.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in str(profile.calls[0].request.url)
    assert verify.call_count == profile.call_count == 1


@respx.mock
async def test_a_magic_link_alone_proves_an_address_and_no_account() -> None:
    respx.get(f"{COOKIE}/login/magic/verify").respond(json=verified())
    assert await asked("magic", MAGIC) == Account("kari@x.example", "", "User")


@respx.mock
async def test_a_profile_of_somebody_else_is_not_believed() -> None:
    respx.get(f"{COOKIE}/login/magic/verify").respond(json=verified(apiToken=TOKEN))
    other = USER | {"email": "boss@x.example", "role": "Superadmin"}
    respx.get(f"{DASHBOARD}/userdata-from-token").respond(json=other)
    assert await asked("magic", MAGIC) == Account("kari@x.example", "", "User")


@respx.mock
async def test_a_presented_token_is_validated_once() -> None:
    validate = respx.get(f"{DASHBOARD}/auth/validate-token").respond(json=USER | {"valid": True})
    assert await asked("token", TOKEN) == KARI
    assert validate.call_count == 1


@pytest.mark.parametrize("status", [400, 401, 404, 410])
@pytest.mark.parametrize("kind", ["magic", "token"])
@respx.mock
async def test_what_vegvisr_does_not_take_signs_nobody_in(kind: str, status: int) -> None:
    respx.get(f"{COOKIE}/login/magic/verify").respond(status, json={"error": "no"})
    respx.get(f"{DASHBOARD}/auth/validate-token").respond(status, json={"valid": False})
    with pytest.raises(Refused, match="link_not_valid"):
        await asked(kind, MAGIC)


@pytest.mark.parametrize(
    "answer",
    [
        {"valid": False, **USER},
        {"valid": "yes", **USER},
        {"valid": True, "email": "kari@x.example"},
        {"valid": True, "email": "", "user_id": "u-1"},
        {"valid": True, "email": ["kari@x.example"], "user_id": "u-1"},
        {"valid": True, "email": "kari@x.example", "user_id": 5},
    ],
)
@respx.mock
async def test_a_strange_answer_signs_nobody_in(answer: dict[str, Any]) -> None:
    respx.get(f"{DASHBOARD}/auth/validate-token").respond(json=answer)
    with pytest.raises(Refused, match="link_not_valid"):
        await asked("token", TOKEN)


@pytest.mark.parametrize("secret", ["short", "a b c d e f g h", "x" * 3000, "new\nline-here"])
@respx.mock
async def test_what_cannot_be_a_secret_is_not_asked_about(secret: str) -> None:
    with pytest.raises(Refused, match="link_not_valid"):
        await asked("token", secret)
    assert respx.calls.call_count == 0


@respx.mock
async def test_a_silent_vegvisr_is_a_fault_and_no_refusal_of_the_link() -> None:
    route = respx.get(f"{DASHBOARD}/auth/validate-token")
    for wrong in (httpx.ConnectError("no"), httpx.Response(500), httpx.Response(200, text="<p>")):
        route.mock(side_effect=[wrong])
        with pytest.raises(Refused, match="broken"):
            await asked("token", TOKEN)


@pytest.mark.parametrize("role", ["Superadmin", "ADMIN", "User", "Subscriber", "Realtime", "", "?"])
def test_no_role_of_elsewhere_makes_anybody_more_than_a_member(role: str) -> None:
    assert role_here(role) == "member"
    assert role_here("viewOnly") == "guest"


async def a_town() -> SqliteDb:
    db = SqliteDb()
    await db.run("INSERT INTO communities (id, slug, name, created_at) VALUES ('c', 'c', 'C', 0)")
    await people.add(db, "owner", "owner@x.example", "Owner", 0)
    await communities.welcome(db, "c", "owner", 0)
    return db


async def test_an_account_stays_its_persons_whatever_its_address() -> None:
    db = await a_town()
    first = await identified(db, "c", proof_of(KARI, "vegvisr_token"), "kari", 1)
    moved = Account("owner@x.example", "u-1", "User")
    again = await identified(db, "c", proof_of(moved, "vegvisr_magic"), "other", 2)
    assert first["id"] == again["id"] == "kari"
    rows = await db.rows(
        "SELECT provider, subject, person_id, proven_by, proven_at FROM identities"
    )
    assert [tuple(row.values()) for row in rows] == [("vegvisr", "u-1", "kari", "vegvisr_magic", 2)]


async def test_an_account_is_that_of_whoever_has_its_address() -> None:
    db = await a_town()
    link = Proof("email", "owner@x.example", "owner@x.example", "link")
    account = Account("OWNER@x.example", "u-9", "User")
    assert (await identified(db, "c", link, "new", 1))["id"] == "owner"
    found = await identified(db, "c", proof_of(account, "vegvisr_token"), "new", 2)
    assert found["id"] == "owner"


async def test_a_guest_of_elsewhere_is_a_guest_here_and_in_no_default_room() -> None:
    db = await a_town()
    await db.run(
        "INSERT INTO chat_rooms (id, name, community_id, created_at, settings)"
        " VALUES ('hall', 'Hall', 'c', 0, '{\"default\": true}')"
    )
    for name, role in (("kari", "member"), ("gus", "guest")):
        await people.add(db, name, f"{name}@x.example", name, 0)
        assert await communities.welcome(db, "c", name, 0, role)
        assert await communities.role(db, "c", name) == role
    rows = await db.rows("SELECT user_id FROM chat_members WHERE room_id = 'hall'")
    assert [row["user_id"] for row in rows] == ["kari"]


@respx.mock
async def test_vegvisr_is_asked_to_mail_a_link_and_nobody_learns_whether_it_did() -> None:
    route = respx.post(f"{COOKIE}/login/magic/send")
    async with httpx.AsyncClient(base_url=COOKIE) as http:
        servers = VegvisrAccounts(http, http)
        for status in (200, 400, 403, 404):
            route.respond(status, json={"success": status == 200})
            await servers.send_magic("kari@x.example", "https://chat.vegvisr.org/sign-in")
        assert from_json(route.calls[0].request.content) == {
            "email": "kari@x.example",
            "redirectUrl": "https://chat.vegvisr.org/sign-in",
        }
        for wrong in (httpx.ConnectError("no"), httpx.Response(500)):
            route.mock(side_effect=[wrong])
            with pytest.raises(Refused, match="broken"):
                await servers.send_magic("kari@x.example", "https://chat.vegvisr.org/sign-in")


def test_outside_of_vegvisrs_name_the_way_back_goes_through_the_platform() -> None:
    asked, ours = ("https://x/", "production", "chat.vegvisr.org"), "/rooms/a?b=c"
    url, stage, platform = asked
    for host in ("chat.vegvisr.org", "chat.aurora.vegvisr.org"):
        back = urlsplit(way_back(url, host, stage, platform, ours))
        assert (back.scheme, back.netloc, back.path) == ("https", host, "/sign-in")
        assert parse_qs(back.query) == {"next": [ours]}
    for host in ("chat.slowfood.example", "vegvisr.org.evil.example", "evilvegvisr.org"):
        back = urlsplit(way_back(url, host, stage, platform, ours))
        assert (back.scheme, back.netloc, back.path) == ("https", platform, "/sign-in")
        onwards = urlsplit(parse_qs(back.query)["next"][0])
        assert onwards.path == "/hand-over"
        assert parse_qs(onwards.query) == {"host": [host], "next": [ours]}
