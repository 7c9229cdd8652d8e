"""`Idempotency-Key`: what is asked for twice is made once."""

import asyncio

import httpx

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community
from tests.conformance.witness import covers

KEY = "idempotency-key"


async def makes(client: Client, name: str, key: str) -> httpx.Response:
    return await client.asks("POST", "/api/rooms", {"name": name}, headers={KEY: key})


async def test_the_same_request_with_the_same_key_makes_one_room(town: Community) -> None:
    ada = await town.client("ada")
    first, again = [await makes(ada, "Boat shed", "one") for _ in "12"]
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again.headers["idempotent-replay"] == "true"
    assert "idempotent-replay" not in first.headers
    names = [room["name"] for room in (await ada.gets("/api/rooms"))["rooms"]]
    assert names.count("Boat shed") == 1


async def test_an_answer_is_repeated_to_a_session_that_lasts_and_to_no_other_site(
    town: Community,
) -> None:
    ada = await town.front.stranger().clicks(town.people["ada"])
    body, asked = {"name": "Boat shed"}, {KEY: "one"}
    for _ in "12":
        assert (await ada.asks("POST", "/api/rooms", body, headers=asked)).status_code == 201
    evil = asked | {"origin": "http://evil.example"}
    refused(await ada.asks("POST", "/api/rooms", body, headers=evil), "wrong_origin")
    assert (await ada.asks("POST", "/api/sign-out")).status_code == 204
    refused(await ada.asks("POST", "/api/rooms", body, headers=asked), "not_signed_in")


@covers("refusal key_reused")
async def test_a_key_belongs_to_one_request(town: Community) -> None:
    ada = await town.client("ada")
    assert (await makes(ada, "Boat shed", "one")).status_code == 201
    refused(await makes(ada, "Saw mill", "one"), "key_reused")
    assert (await makes(ada, "Saw mill", "two")).status_code == 201


async def test_a_key_belongs_to_whoever_chose_it(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    assert (await makes(ada, "Boat shed", "one")).status_code == 201
    refused(await makes(ben, "Boat shed", "one"), "name_taken")


async def test_a_refused_request_leaves_its_key_free(town: Community) -> None:
    ada = await town.client("ada")
    assert (await makes(ada, "Boat shed", "one")).status_code == 201
    refused(await makes(ada, "Boat shed", "two"), "name_taken")
    assert (await makes(ada, "Saw mill", "two")).status_code == 201


async def test_requests_at_the_same_moment_make_one_room(town: Community) -> None:
    ada = await town.client("ada")
    answers = await asyncio.gather(*[makes(ada, "Boat shed", "one") for _ in range(6)])
    made = [answer for answer in answers if answer.status_code == 201]
    assert made and len({answer.text for answer in made}) == 1
    for answer in answers:
        if answer.status_code != 201:
            refused(answer, "too_fast")
    names = [room["name"] for room in (await ada.gets("/api/rooms"))["rooms"]]
    assert names.count("Boat shed") == 1


async def test_an_answer_with_a_secret_is_kept_for_nobody(town: Community) -> None:
    ada = await town.client("ada")
    body = {"name": "Harvest log", "scopes": ["rooms:read"], "days": 7}
    first, again = [
        await ada.asks("POST", "/api/me/tokens", body, headers={KEY: "one"}) for _ in "12"
    ]
    assert first.status_code == again.status_code == 201
    assert first.json()["secret"] != again.json()["secret"]
    assert "idempotent-replay" not in again.headers


@covers("limit HTTP 128")
async def test_a_key_is_visible_and_short(town: Community) -> None:
    ada = await town.client("ada")
    for key in ("k" * 129, "two words", ""):
        refused(await makes(ada, "Boat shed", key), "bad_fields")
    assert (await makes(ada, "Boat shed", "k" * 128)).status_code == 201


@covers("route GET /api/openapi.json")
async def test_the_description_names_every_route_of_the_document(town: Community) -> None:
    described = await town.front.gets("/api/openapi.json")
    assert described["openapi"].startswith("3.1")
    named = {
        f"{method.upper()} {path}"
        for path, operations in described["paths"].items()
        for method in operations
    }
    said = {each.name for each in document.ROUTES} - {"GET /api/openapi.json"}
    assert named == said
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            route = document.route(method.upper(), path)
            asked = operation.get("x-permission")
            assert route is not None and (asked is None or f"`{asked}`" in route.prose)
