"""Every route says no in one shape. The routes are read from the code, so none is forgotten."""

import ast
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from run.steps import ROOT
from schema.http import BODY_BYTES
from tests.cast import World, a_world
from tests.place import refused
from tests.platform import Platform

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
    return route.path.format(room_id=world.commons, graph_id="g1")


@pytest.mark.parametrize("route", ROUTES, ids=str)
async def test_a_wrong_method_is_refused(world: World, route: Route) -> None:
    assert refused(await world.ada.asks("PATCH", path(world, route))).code == "method_not_allowed"


@pytest.mark.parametrize("route", WITH_BODY, ids=str)
@pytest.mark.parametrize("text", ["hello", "", '{"a":', "[" * 100_000, '{"a":"\\ud800"}', "\x00"])
async def test_a_body_that_is_no_json_is_refused(world: World, route: Route, text: str) -> None:
    headers = {"content-type": "application/json"}
    answer = await world.ada.asks(route.method, path(world, route), content=text, headers=headers)
    assert refused(answer).code in ("not_json", "bad_fields")


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
        for _ in range(30):
            yield b"a" * 10_000
        yield b'"}'

    headers = {"content-type": "application/json"}
    path = "/api/assistant/moderate"
    answer = await world.ada.asks("POST", path, content=pieces(), headers=headers)
    assert refused(answer).code == "body_too_large"


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
