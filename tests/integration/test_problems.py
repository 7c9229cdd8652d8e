"""Every route says no in one shape. The routes are read from the code, so none is forgotten."""

import ast
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from run.steps import ROOT
from schema.http import BODY_BYTES
from schema.ids import LARGEST_SEQ
from tests.cast import World, a_world
from tests.place import refused
from tests.platform import Platform
from tests.sight import sees_refusal

VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    body: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes() -> list[Route]:
    """All routes of chat-worker, as its modules declare them."""
    found = [
        route for file in sorted((ROOT / "workers" / "chat").glob("*.py")) for route in of(file)
    ]
    assert {"GET /healthz", "POST /api/rooms", "GET /api/me"} <= {str(route) for route in found}
    return found


def of(file: Path) -> list[Route]:
    tree = ast.parse(file.read_text("utf-8"))
    return [
        Route(call.func.attr.upper(), prefix(tree) + first(call), takes_body(function))
        for function in ast.walk(tree)
        if isinstance(function, ast.AsyncFunctionDef)
        for call in function.decorator_list
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in VERBS
    ]


def prefix(tree: ast.Module) -> str:
    """What the module's `router = routes("/api/…")` puts before its paths."""
    made = [
        line.value
        for line in tree.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Call)
        if [getattr(target, "id", "") for target in line.targets] == ["router"]
    ]
    return "".join(first(call) for call in made)


def first(call: ast.Call) -> str:
    return str(ast.literal_eval(call.args[0])) if call.args else ""


def takes_body(function: ast.AsyncFunctionDef) -> bool:
    return "body" in [argument.arg for argument in function.args.args]


@pytest.fixture(scope="module")
async def world(platform: Platform) -> AsyncIterator[World]:
    """One world for all tests here: what is refused changes nothing."""
    async with a_world(platform) as one:
        yield one


ROUTES = routes()
WITH_BODY = [route for route in ROUTES if route.body]


def path(world: World, route: Route) -> str:
    """The route's path in our public room; whatever else it names is nothing."""
    return re.sub(r"{\w+}", "nothing-at-all", route.path.replace("{room_id}", world.commons))


@pytest.mark.parametrize("route", ROUTES, ids=str)
async def test_a_wrong_method_is_refused(world: World, route: Route) -> None:
    here = {other.method for other in ROUTES if path(world, other) == path(world, route)}
    wrong = next(method.upper() for method in VERBS if method.upper() not in here)
    answer = await world.ada.asks(wrong, path(world, route))
    assert refused(answer).code == "method_not_allowed"
    assert set(answer.headers["allow"].split(", ")) == here


@pytest.mark.parametrize("route", WITH_BODY, ids=str)
@pytest.mark.parametrize("text", ["hello", '{"a":', "[" * 100_000, '{"a":"\\ud800"}', "\x00"])
async def test_a_body_that_is_no_json_is_refused(world: World, route: Route, text: str) -> None:
    headers = {"content-type": "application/json"}
    answer = await world.ada.asks(route.method, path(world, route), content=text, headers=headers)
    assert refused(answer).code == "not_json"


@pytest.mark.parametrize("route", WITH_BODY, ids=str)
async def test_a_body_that_is_empty_lacks_its_fields(world: World, route: Route) -> None:
    headers = {"content-type": "application/json"}
    answer = await world.ada.asks(route.method, path(world, route), content="", headers=headers)
    assert refused(answer).code == "bad_fields"


@pytest.mark.parametrize("route", WITH_BODY, ids=str)
@pytest.mark.parametrize("body", [[], "text", {"surely_unknown": 1}, None])
async def test_fields_that_are_wrong_are_refused_by_name(
    world: World, route: Route, body: Any
) -> None:
    problem = refused(await world.ada.asks(route.method, path(world, route), json=body))
    assert problem.code == "bad_fields"
    if isinstance(body, dict):
        assert "surely_unknown" in problem.fields


@pytest.mark.parametrize("route", WITH_BODY, ids=str)
async def test_a_body_that_is_too_large_is_refused(world: World, route: Route) -> None:
    text = '{"text": "' + "a" * BODY_BYTES + '"}'
    answer = await world.ada.asks(route.method, path(world, route), content=text)
    assert refused(answer).code == "body_too_large"


async def test_a_body_that_does_not_say_how_large_it_is_is_bounded_as_well(world: World) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"text": "'
        for _ in range(10):
            yield b"a" * (BODY_BYTES // 10)
        yield b'"}'

    headers = {"content-type": "application/json"}
    path = "/api/assistant/moderate"
    answer = await world.ada.asks("POST", path, content=pieces(), headers=headers)
    assert refused(answer).code == "body_too_large"


async def test_a_body_that_nobody_reads_breaks_no_answer(world: World) -> None:
    """The refusal comes before the body: at a page, at a host that is none, and for its size."""
    text, nowhere = "a" * 2 * BODY_BYTES, {"host": f"evil.example:{world.platform.port}"}
    for _ in range(10):
        large = await world.ada.asks("POST", "/api/rooms", content=text)
        assert refused(large).code == "body_too_large"
        page = await world.ada.asks("POST", "/rooms", content=text)
        assert refused(page).code == "method_not_allowed"
        local = await world.ada.asks(
            "POST", "/api/local/foundations", content=text, headers=nowhere
        )
        assert refused(local).code == "not_found"
    assert (await world.ada.asks("GET", "/api/rooms")).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("page", ["/", "/rooms/garden", "/sign-in", "/favicon.svg"])
async def test_a_page_is_only_read(world: World, method: str, page: str) -> None:
    answer = await world.ada.asks(method, page)
    assert refused(answer).code == "method_not_allowed"
    assert answer.headers["allow"] == "GET, HEAD"
    assert (await world.ada.asks("HEAD", page)).status_code == 200


@pytest.mark.parametrize("route", [one for one in ROUTES if one.path != "/healthz"], ids=str)
async def test_one_slash_more_leads_nowhere(world: World, route: Route) -> None:
    answer = await world.ada.asks(route.method, f"{path(world, route)}/")
    assert refused(answer).code == "not_found"


async def test_the_largest_seq_is_one_and_the_next_is_none(world: World) -> None:
    where = f"/api/rooms/{world.commons}/messages"
    await world.imports(world.commons, world.ada, ["One."])
    await world.ada.opens(world.commons)
    for which, found in (("before", [1]), ("after", [])):
        page = await world.ada.reads(world.commons, **{which: LARGEST_SEQ})
        assert [event.seq for event in page.events] == found
        told = await world.ada.loads(**{which: LARGEST_SEQ})
        assert [event.seq for event in told.events] == found
        for beyond in (LARGEST_SEQ + 1, LARGEST_SEQ + 2):
            over_http = await world.ada.asks("GET", where, params={which: beyond})
            assert refused(over_http).code == "bad_fields"
            await world.ada.says(type="load_history", ref=f"{which}-{beyond}", **{which: beyond})
            await world.ada.until(sees_refusal("bad_fields", f"{which}-{beyond}"))


FOUNDING = "/api/local/foundations"


async def test_a_slug_or_an_address_of_somebody_else_is_taken(world: World) -> None:
    place = world.here
    new = {"id": f"new-{place.community_id}", "slug": f"new-{place.community_id}", "name": "New"}
    whole = {"community": new, "domains": [f"new.{place.domain}"]}
    slug = {**whole, "community": {**new, "slug": place.community_id}}
    email = f"{world.ada.id}@example.org".upper()
    person = {**whole, "people": [{"id": "somebody-new", "email": email, "name": "Ada"}]}
    for body in (slug, person):
        answer = await place.asks("POST", FOUNDING, json=body)
        assert refused(answer).code == "name_taken", answer.text
    room = {"id": world.board, "name": "Mine", "members": [world.dov.id]}
    answer = await place.asks("POST", FOUNDING, json={**whole, "rooms": [room]})
    assert answer.status_code == 201, answer.text
    assert world.dov.id not in [
        member["id"]
        for member in (await world.ada.gets(f"/api/rooms/{world.board}/members"))["members"]
    ]


@pytest.mark.parametrize("room", ["%20", "a b", "x" * 65, "%2e%2e%2f", "ø", "-", "%00", "'--"])
async def test_an_id_that_cannot_be_is_refused(world: World, room: str) -> None:
    for tail in ("messages", "members"):
        problem = refused(await world.ada.asks("GET", f"/api/rooms/{room}/{tail}"))
        assert problem.code in ("bad_fields", "room_not_found", "not_found")
    assert (await world.ada.is_turned_away(room.replace(" ", "%20"))).status in (404, 422)


@pytest.mark.parametrize("unknown", ["/api/", "/api/nothing", "/api/rooms/a/b/c/d"])
async def test_an_address_without_anything_is_refused(world: World, unknown: str) -> None:
    assert refused(await world.ada.asks("GET", unknown)).code == "not_found"


async def test_a_room_without_an_upgrade_is_refused(world: World) -> None:
    answer = await world.ada.asks("GET", f"/api/rooms/{world.commons}/socket")
    assert refused(answer).code == "bad_fields"


async def test_an_answer_is_never_kept_and_has_a_name(world: World) -> None:
    first = await world.ada.asks("GET", "/api/rooms")
    second = await world.ada.asks("GET", "/api/rooms")
    assert first.headers["cache-control"] == second.headers["cache-control"] == "no-store"
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
