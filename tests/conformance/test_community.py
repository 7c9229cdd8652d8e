"""Chapters "Where and who" and "Health", and the limits of asking for a link."""

import pytest

from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, new_mark
from tests.conformance.witness import covers


@covers("route GET /api/community", "refusal community_not_found")
async def test_a_community_says_what_it_is(square: Community) -> None:
    told = await square.front.gets("/api/community")
    assert told == {
        "id": f"c-{square.mark}",
        "slug": f"s-{square.mark}",
        "name": f"Community {square.mark}",
        "description": "",
        "local": True,
    }
    lost = Client(square.front.http, f"chat.no-{square.mark}.localhost")
    refused(await lost.asks("GET", "/api/community"), "community_not_found")


@covers("route GET /healthz")
async def test_the_platform_is_well(square: Community) -> None:
    """At a host without a community too, and without a session."""
    lost = Client(square.front.http, f"chat.no-{square.mark}.localhost")
    health = await lost.gets("/healthz")
    assert health["status"] == "ok" and health["version"]
    assert len(health["workers"]) == 4, "chat-worker and the other three"
    for name, worker in health["workers"].items():
        assert worker["worker"] == name and worker["status"] == "ok"
        assert worker["checks"].keys() == {"d1", "kv", "r2"}
        for check in worker["checks"].values():
            assert check["ok"] and check["ms"] >= 0 and check["error"] is None


def address(length: int) -> str:
    """An address of that many characters, with parts that mail allows."""
    name, top = f"k.{new_mark()}", ".example"
    label = "d" * 60
    rest = length - len(name) - 1 - len(top)
    labels = ".".join([label] * (rest // 61 + 1))[:rest]
    if labels.endswith("."):
        labels = f"{labels[:-2]}dd"
    return f"{name}@{labels}{top}"


@covers("limit AskForLink.email 254")
async def test_an_address_has_at_most_254_characters(square: Community) -> None:
    assert len(address(254)) == 254
    for length in (64, 254):
        email = address(length)
        assert (await square.front.posts("/api/sign-in", {"email": email}))["email"] == email
    answer = await square.front.asks("POST", "/api/sign-in", {"email": address(255)})
    assert refused(answer, "bad_fields")["fields"] == ["email"]


@covers("limit AskForLink.next 300")
async def test_a_path_to_open_has_at_most_300_characters(square: Community) -> None:
    for path in ("/" + "p" * 299, "/a?b=//c/../d", "/a#//..", "/", "/..a/b..", "/a/...?"):
        body = {"email": square.email("kari"), "next": path}
        await square.front.posts("/api/sign-in", body)
    body["next"] = "/" + "p" * 300
    answer = await square.front.asks("POST", "/api/sign-in", body)
    assert refused(answer, "bad_fields")["fields"] == ["next"]


@pytest.mark.parametrize(
    "path",
    [
        *("", "rooms", "https://evil.example", "//evil.example", "/a//b", "/..", "/a/../b"),
        *("/./a", "/a/.", "/a b", "/a\tb", "/a\nb", "/\\evil.example", "/a/..?b", "/a//#b"),
        "/a\x7f",
    ],
)
async def test_a_path_to_open_stays_on_this_host(square: Community, path: str) -> None:
    body = {"email": square.email("kari"), "next": path}
    problem = refused(await square.front.asks("POST", "/api/sign-in", body), "bad_fields")
    assert problem["fields"] == ["next"]


@pytest.mark.parametrize("email", ["", "kari", "@x.example", "kari@", "a b@x.example", "a@b@c.d"])
async def test_an_address_must_look_like_one(square: Community, email: str) -> None:
    problem = refused(
        await square.front.asks("POST", "/api/sign-in", {"email": email}), "bad_fields"
    )
    assert problem["fields"] == ["email"]
