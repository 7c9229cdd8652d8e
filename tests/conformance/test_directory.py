"""Chapter "The directory": finding communities, and beginning one."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found, new_mark
from tests.conformance.witness import covers

HERE = "/api/communities"


def wish(**how: Any) -> dict[str, Any]:
    mark = new_mark()
    return {"slug": f"w-{mark}", "name": f"Harbour {mark}", "rooms": ["Quay", "Boat shed"]} | how


@covers("route POST /api/communities")
async def test_who_begins_a_community_owns_it(town: Community) -> None:
    ben = await town.client("ben")
    body = wish(accent="#b4531a", description="Boats", join_rule="by_request")
    begun = await ben.posts(HERE, body)
    host = urlsplit(begun["address"]).hostname
    assert host == f"chat.{body['slug']}.localhost"
    there = await Client(town.front.http, str(host)).clicks(ben.id)
    assert there.me["role"] == "owner"
    rooms = (await there.gets("/api/rooms"))["rooms"]
    assert [room["name"] for room in rooms] == ["Boat shed", "Quay"]
    assert (await there.gets("/api/community/brand"))["accent"] == "#b4531a"
    assert (await there.gets("/api/community/settings"))["join_rule"] == "by_request"
    refused(await town.front.asks("POST", HERE, wish()), "not_signed_in")


@covers("answer POST /api/communities refuses name_taken")
async def test_a_name_in_addresses_is_taken_once(town: Community) -> None:
    ben, body = await town.client("ben"), wish()
    await ben.posts(HERE, body)
    for slug in (body["slug"], f"s-{town.mark}", "www", "chat", "vegvisr"):
        refused(await ben.asks("POST", HERE, wish(slug=slug)), "name_taken")


async def test_of_several_in_one_moment_one_gets_the_name(town: Community) -> None:
    ben, body = await town.client("ben"), wish()
    answers = await asyncio.gather(*[ben.asks("POST", HERE, body) for _ in range(6)])
    [_] = [answer for answer in answers if answer.status_code == 201]
    for answer in answers:
        if answer.status_code != 201:
            refused(answer, "name_taken")


async def test_nobody_owns_more_by_asking_all_at_once(town: Community) -> None:
    ben = await town.client("ben")
    answers = await asyncio.gather(
        *[ben.asks("POST", HERE, wish(rooms=["Quay"])) for _ in range(16)]
    )
    assert sum(answer.status_code == 201 for answer in answers) == 10
    for answer in answers:
        if answer.status_code != 201:
            refused(answer, "not_allowed")


@covers("answer POST /api/communities refuses not_allowed", "limit POST /api/communities 10")
async def test_nobody_owns_more_than_ten(town: Community) -> None:
    cleo = await town.client("cleo")
    for _ in range(10):
        await cleo.posts(HERE, wish(rooms=["Quay"]))
    refused(await cleo.asks("POST", HERE, wish()), "not_allowed")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("slug", slug) for slug in ("ab", "a" * 41, "Harbour", "a--b", "-ab", "ab-", "å-by")],
        *[("name", ""), ("name", "\u200b"), ("name", "n" * 81), ("description", "d" * 501)],
        *[("rooms", []), ("rooms", ["r"] * 11), ("rooms", ["Quay", " QUAY "])],
        *[("accent", "red"), ("join_rule", "anybody")],
    ],
)
async def test_what_no_community_begins_with(square: Community, field: str, value: Any) -> None:
    ben = await square.client("ben")
    refused(await ben.asks("POST", HERE, wish(**{field: value})), "bad_fields")


@covers("limit Wish.slug 40", "limit Wish.name 80", "limit Wish.description 500")
@covers("limit Wish.rooms 10")
async def test_what_it_may_hold(town: Community) -> None:
    slug = f"w-{new_mark()}".ljust(40, "x")
    names = [f"{n}".ljust(80, "r") for n in range(10)]
    body = wish(slug=slug, name="n" * 80, description="d" * 500, rooms=names)
    assert (await (await town.client("ben")).posts(HERE, body))["slug"] == slug
    for field, value in (("slug", f"{slug}x"), ("rooms", [*names, "one more"])):
        answer = await (await town.client("ben")).asks("POST", HERE, body | {field: value})
        assert refused(answer, "bad_fields")["fields"] == [field]


@covers(
    "route GET /api/communities", "limit GET /api/communities 30", "limit GET /api/communities 100"
)
async def test_the_directory_has_pages_and_leaves_out_who_wants_no_visitors(
    town: Community,
) -> None:
    word, lost = f"Fleet {town.mark}", Client(town.front.http, f"chat.no-{town.mark}.localhost")
    for rule, count in (
        ("open", 9),
        ("open", 9),
        ("by_request", 9),
        ("open", 4),
        ("invitation", 3),
    ):
        ada = await (await found(town.front.http)).client("ada")
        for _ in range(count):
            await ada.posts(HERE, wish(name=word, join_rule=rule, rooms=["Quay"]))
    first = await lost.gets(HERE, q=word.lower())
    assert len(first["communities"]) == 30 and first["next"] and first["home"] is False
    second = await lost.gets(HERE, q=word, after=first["next"])
    assert len(second["communities"]) == 1 and second["next"] is None
    slugs = [one["slug"] for one in first["communities"] + second["communities"]]
    assert slugs == sorted(set(slugs)) and len(slugs) == 31
    assert (await Client(town.front.http, "chat.localhost").gets(HERE))["home"] is True
    refused(await lost.asks("GET", HERE, params={"q": "q" * 101}), "bad_fields")


@covers("route POST /api/communities/look")
async def test_a_colour_is_shown_as_it_would_be_worn(square: Community) -> None:
    ben, body = await square.client("ben"), {"accent": "#b4531a"}
    assert await ben.posts(f"{HERE}/look", body) == document.example("Worn")
    assert await ben.posts(f"{HERE}/look", {"accent": ""}) == {"light": None, "dark": None}
    refused(await ben.asks("POST", f"{HERE}/look", {"accent": "red"}), "bad_fields")
    refused(await square.front.asks("POST", f"{HERE}/look", body), "not_signed_in")


@covers("route GET /api/communities/mine", "limit GET /api/communities/mine 30")
async def test_ones_own_communities_are_listed_whatever_their_rule(town: Community) -> None:
    cleo = await town.client("cleo")
    mine = f"{HERE}/mine"
    before = await cleo.gets(mine)
    assert [one["slug"] for one in before["communities"]] == [f"s-{town.mark}"]
    hidden = await cleo.posts(HERE, wish(join_rule="invitation"))
    slugs = sorted([f"s-{town.mark}", hidden["slug"]])
    assert [one["slug"] for one in (await cleo.gets(mine))["communities"]] == slugs
    after = await cleo.gets(mine, after=slugs[0])
    assert [one["slug"] for one in after["communities"]] == slugs[1:] and after["next"] is None
    ben = await town.client("ben")
    assert hidden["slug"] not in [one["slug"] for one in (await ben.gets(mine))["communities"]]
    refused(await town.front.asks("GET", mine), "not_signed_in")


async def test_a_page_of_ones_own_communities_is_followed_by_the_next(town: Community) -> None:
    ben = await town.client("ben")
    places = [await found(town.front.http) for _ in range(30)]
    for place in places:
        host = place.front.domain
        told = await ben.posts("/api/hand-overs", {"host": host})
        ticket = parse_qs(urlsplit(told["address"]).fragment)["ticket"][0]
        await place.front.posts("/api/hand-overs/use", {"ticket": ticket})
    first = await ben.gets(f"{HERE}/mine")
    second = await ben.gets(f"{HERE}/mine", after=first["next"])
    assert (len(first["communities"]), len(second["communities"])) == (30, 1)
    assert second["next"] is None
