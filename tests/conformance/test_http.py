"""Chapter "HTTP": what is true of every route alike, for each route of the document."""

import json
import re
from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.asking import request_to
from tests.conformance.client import Client
from tests.conformance.founding import Community
from tests.conformance.witness import covers

ROUTES = document.ROUTES
OPEN = re.findall(r"`(?:[A-Z]+ )?(/[^`]+)`", document.section("A session").prose)
NEEDS_SESSION = [
    each
    for each in ROUTES
    if each.path not in OPEN and not each.path.startswith(("/api/local/", "/api/sign-"))
]
WITH_BODY = [each for each in ROUTES if each.takes]
WRITERS = [each for each in ROUTES if each.method not in ("GET", "HEAD")]
TOP_FIELDS = [(each, field) for each in WITH_BODY for field in document.SHAPES[str(each.takes)]]
PATHS = sorted({each.path for each in ROUTES})
BODY = document.number("BODY_BYTES")


def named(value: Any) -> str:
    return str(getattr(value, "name", value))


async def raw(who: Client, route: document.Route, square: Community, body: bytes) -> Any:
    """Send these bytes as a body; the answer."""
    path, _ = request_to(route, square)
    headers = {"content-type": "application/json"}
    return await who.asks(route.method, path, content=body, headers=headers)


def padded(body: Any, size: int) -> bytes:
    """A body of exactly that size: JSON with white space behind it."""
    return json.dumps(body).encode().ljust(size)


@pytest.mark.parametrize("route", NEEDS_SESSION, ids=named)
async def test_a_session_is_needed(square: Community, route: document.Route) -> None:
    path, body = request_to(route, square)
    refused(await square.front.asks(route.method, path, body), "not_signed_in")


@pytest.mark.parametrize("route", ROUTES, ids=named)
async def test_a_route_is_there_for_an_owner(square: Community, route: document.Route) -> None:
    """Whatever it says, it is a success, or one of the refusals in its own section."""
    ada = await square.anew("ada")
    path, body = request_to(route, square)
    answer = await ada.asks(route.method, path, body)
    assert answer.is_success or answer.json()["code"] in route.refuses, answer.text
    assert answer.headers.get("cache-control") == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", "/api/nothing", {}),
        ("DELETE", "/api/rooms", {}),
        ("POST", "/api/rooms", {"content": b"no json"}),
        ("POST", "/api/rooms", {"content": b" " * (BODY + 1)}),
        ("POST", "/api/rooms", {"headers": {"origin": "https://evil.example"}}),
        ("GET", "/api/rooms", {"headers": {"host": "chat.nobody.localhost"}}),
        ("GET", "/api/local/people", {"headers": {"host": "chat.aurora.example"}}),
        ("GET", "/api/rooms/none/socket", {}),
    ],
    ids=["path", "method", "json", "size", "origin", "host", "elsewhere", "door"],
)
async def test_no_refusal_is_kept_by_a_cache(
    square: Community, method: str, path: str, more: dict[str, Any]
) -> None:
    answer = await (await square.client("ada")).asks(method, path, **more)
    assert answer.is_client_error
    assert answer.headers.get("cache-control") == "no-store"


@pytest.mark.parametrize("route", WRITERS, ids=named)
@covers("refusal wrong_origin")
async def test_who_writes_from_another_origin_is_refused(
    square: Community, route: document.Route
) -> None:
    ada = await square.anew("ada")
    path, body = request_to(route, square)
    for origin in (
        "https://evil.example",
        f"http://{ada.domain}",
        f"http://{ada.domain}:1",
        "null",
    ):
        answer = await ada.asks(route.method, path, body, headers={"origin": origin})
        refused(answer, "wrong_origin")
    own = await ada.asks(route.method, path, body, headers={"origin": f"http://{ada.host}"})
    assert own.is_success or own.json()["code"] != "wrong_origin"


@pytest.mark.parametrize("path", ["/api/rooms", "/api/community", "/api/graphs"])
async def test_who_reads_may_come_from_anywhere(square: Community, path: str) -> None:
    ada = await square.client("ada")
    answer = await ada.asks("GET", path, headers={"origin": "https://evil.example"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/api/local/people", "/api/local/mailbox"])
async def test_a_local_route_minds_the_origin_of_a_get_too(square: Community, path: str) -> None:
    answer = await square.front.asks("GET", path, headers={"origin": "https://evil.example"})
    refused(answer, "wrong_origin")


@pytest.mark.parametrize("route", WITH_BODY, ids=named)
async def test_a_body_must_be_json(square: Community, route: document.Route) -> None:
    ada = await square.client("ada")
    for body in (b"no json", b"{", b"\xff\xfe", b"[1,]", b"[" * 300 + b"]" * 300):
        refused(await raw(ada, route, square, body), "not_json")


async def test_numbers_that_json_does_not_know_fit_no_field(square: Community) -> None:
    route = next(each for each in WITH_BODY if each.takes == "CatchUp")
    refused(await raw(await square.client("ada"), route, square, b'{"after": NaN}'), "bad_fields")


@pytest.mark.parametrize("route", WITH_BODY, ids=named)
async def test_a_body_must_be_an_object_with_known_fields(
    square: Community, route: document.Route
) -> None:
    ada = await square.client("ada")
    for body in (b"[]", b"null", b'"text"', b"1"):
        refused(await raw(ada, route, square, body), "bad_fields")
    _, body = request_to(route, square)
    problem = refused(
        await raw(ada, route, square, json.dumps(body | {"surprise": 1}).encode()), "bad_fields"
    )
    assert problem["fields"] == ["surprise"]


@pytest.mark.parametrize(("route", "field"), TOP_FIELDS, ids=named)
async def test_a_field_must_be_there_and_of_its_kind(
    square: Community, route: document.Route, field: document.Field
) -> None:
    ada = await square.client("ada")
    _, body = request_to(route, square)
    wrong = [body | {field.name: 1.5}]
    if not field.has_default:
        wrong.append({name: value for name, value in body.items() if name != field.name})
    for each in wrong:
        problem = refused(await raw(ada, route, square, json.dumps(each).encode()), "bad_fields")
        assert problem["fields"] == [field.name]


@pytest.mark.parametrize("route", WITH_BODY, ids=named)
@covers("number BODY_BYTES", "refusal body_too_large")
async def test_a_body_has_at_most_so_many_bytes(square: Community, route: document.Route) -> None:
    ada = await square.anew("ada")
    _, body = request_to(route, square)
    edge = await raw(ada, route, square, padded(body, BODY))
    assert edge.is_success or edge.json()["code"] in route.refuses, edge.text
    refused(await raw(ada, route, square, padded(body, BODY + 1)), "body_too_large")


@pytest.mark.parametrize("path", PATHS)
@covers("refusal method_not_allowed")
async def test_a_path_takes_its_own_methods_only(square: Community, path: str) -> None:
    taken = {each.method for each in ROUTES if each.path == path}
    ada = await square.client("ada")
    here, _ = request_to(next(each for each in ROUTES if each.path == path), square)
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - taken:
        answer = await ada.asks(method, here)
        refused(answer, "method_not_allowed")
        allowed = {each.strip() for each in answer.headers["allow"].split(",")}
        assert allowed == taken


async def test_the_path_of_a_socket_takes_get_only(square: Community) -> None:
    ada = await square.client("ada")
    answer = await ada.asks("POST", f"/api/rooms/{square.rooms['quay']}/socket")
    refused(answer, "method_not_allowed")


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/healthz"])
@covers("refusal not_found")
async def test_with_one_slash_more_nothing_is_there(square: Community, path: str) -> None:
    ada = await square.client("ada")
    route = next(each for each in ROUTES if each.path == path)
    here, body = request_to(route, square)
    refused(await ada.asks(route.method, f"{here}/", body), "not_found")


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/rooms/x/y/z", "/api/local/x"])
async def test_at_other_paths_is_nothing(square: Community, path: str) -> None:
    for who in (square.front, await square.client("ada")):
        refused(await who.asks("GET", path), "not_found")
        refused(await who.asks("POST", path, {}), "not_found")


@pytest.mark.parametrize("path", ["/", "/rooms/garden", "/sign-in", "/mailbox"])
async def test_outside_of_the_api_are_pages(square: Community, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = await square.front.asks(method, path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
    assert (await square.front.asks("POST", path)).status_code == 405
