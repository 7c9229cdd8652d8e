"""One community never sees or changes another's: every route of the API is tried across the border.

The routes come from the running API's own description. A route with a kind of id that this file
does not know fails until it is told what such an id of another community is; its body is the
example of docs/protocol.md with every id in it put in the other community's place.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.cast import World
from tests.integration.test_graphs import saves
from tests.person import Person
from tests.place import PATIENCE_S
from tests.unit.document import examples, read, sections

ROUTE = re.compile(r"^`(GET|POST|PUT|PATCH|DELETE) (/\S*)`$")
NOT_TRIED = ("/api/local/", "/api/sign-out")
"""Worlds are founded and clocks turned by anybody on a developer's machine; and to sign out is to
end one's own session alone."""

YOUR_OWN = {("DELETE", "/api/me/blocks/{person_id}")}
"""To unblock is to change one's own list, whoever is on it."""

OPEN_TO_ALL = ("/api/communities",)
"""The platform's directory names every community."""

Maker = Callable[[World], Awaitable[str]]


async def far_room(world: World) -> str:
    return world.far_room


async def dov(world: World) -> str:
    return world.dov.id


async def made(person: Person, path: str, body: object) -> dict[str, Any]:
    answer = await person.asks("POST", path, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def session(world: World) -> str:
    devices = (await world.dov.gets("/api/me/sessions"))["devices"]
    return str(devices[0]["id"])


async def token(world: World) -> str:
    body = {"name": "Far", "scopes": ["rooms:read"], "days": 7}
    return str((await made(world.dov, "/api/me/tokens", body))["token"]["id"])


async def invitation(world: World, part: str) -> str:
    return str((await made(world.dov, "/api/invitations", {}))[part])


async def request(world: World) -> str:
    """Finn waits at the door of Dov's community."""
    answer = await world.dov.asks("PATCH", "/api/community", json={"join_rule": "by_request"})
    assert answer.status_code == 200, answer.text
    await made(Person(world.elsewhere, world.finn.id, world.finn.name), "/api/join-requests", {})
    waiting = (await world.dov.gets("/api/join-requests"))["requests"]
    return str(waiting[0]["id"])


async def held(world: World) -> str:
    """What the filters of Dov's community hold for a moderator."""
    rules = [{"words": ["treasure"], "then": "hold"}]
    await world.dov.asks("PUT", "/api/community/filters", json={"rules": rules})
    await world.dov.opens(world.far_room)
    await world.dov.says(type="send_message", ref="held", content="A treasure in the far harbour")
    async with asyncio.timeout(PATIENCE_S):
        while not (found := (await world.dov.gets("/api/reviews"))["reviews"]):
            pass
    await world.dov.closes()
    return str(found[0]["message_id"])


async def held_ref(world: World) -> str:
    await held(world)
    return "held"


FOREIGN: dict[str, Maker] = {
    "room_id": far_room,
    "person_id": dov,
    "graph_id": lambda world: saves(world.dov, "Far harbour secrets"),
    "session_id": session,
    "token_id": token,
    "invitation_id": lambda world: invitation(world, "id"),
    "code": lambda world: invitation(world, "code"),
    "request_id": request,
    "message_id": held,
    "ref": held_ref,
}
"""What each id of a path is in Dov's community."""


async def description(world: World) -> dict[str, Any]:
    answer = await world.here.asks("GET", "/api/openapi.json")
    found: dict[str, Any] = answer.json()
    return found


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, found in described["paths"].items()
        for method, operation in found.items()
        if not path.startswith(NOT_TRIED)
    ]


def bodies() -> dict[tuple[str, str], Any]:
    """The example of what each route takes, by method and path."""
    found = {}
    for part in sections(read("docs/protocol.md")):
        route, takes = ROUTE.match(part.title), re.search(r"[Tt]akes `(\w+)`", part.text)
        if route and takes:
            [body] = [one.text for one in examples(part.text) if one.of == takes[1]][:1]
            found[route[1], route[2]] = json.loads(body)
    return found


def moved(body: Any, ids: dict[str, str]) -> Any:
    """The body with the other community's ids, wherever it names one."""
    if isinstance(body, dict):
        return {key: ids.get(key, moved(value, ids)) for key, value in body.items()}
    if isinstance(body, list):
        return [moved(one, ids) for one in body]
    return body


async def foreign_ids(world: World, described: dict[str, Any]) -> dict[str, str]:
    named = {name for path in described["paths"] for name in re.findall(r"{(\w+)}", path)}
    unknown = {name for name in named if name not in FOREIGN}
    assert not unknown, f"say in FOREIGN what these are in another community: {unknown}"
    return {name: await FOREIGN[name](world) for name in sorted(named)}


async def tries(
    person: Person, method: str, path: str, body: Any, ids: dict[str, str]
) -> httpx.Response:
    address = path.format(**ids)
    how = {} if body is None else {"json": moved(body, ids)}
    return await person.asks(method, address, **how)


def state(world: World) -> dict[str, list[dict[str, Any]]]:
    """Everything that D1 holds of Dov's community."""
    here, far = world.platform, (world.elsewhere.community_id,)
    tables = here.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = {}
    for name in (table["name"] for table in tables):
        columns = {
            row["name"] for row in here.rows(f"SELECT name FROM pragma_table_info('{name}')")
        }
        if "community_id" in columns:
            found[name] = here.rows(f'SELECT * FROM "{name}" WHERE community_id = ?', *far)
        elif "room_id" in columns:
            found[name] = here.rows(f'SELECT * FROM "{name}" WHERE room_id = ?', world.far_room)
    return found


async def test_no_route_reaches_into_another_community(world: World) -> None:
    described = await description(world)
    ids, taken = await foreign_ids(world, described), bodies()
    await world.dov.opens(world.far_room)
    await world.dov.posts("Far harbour secrets")
    await world.copied(world.far_room, 1)
    before, found_wrong = state(world), []
    secrets = [world.elsewhere.community_id, "Far harbour secrets", world.dov.id, "Dov Adler"]
    for method, path, _ in operations(described):
        answer = await tries(world.ada, method, path, taken.get((method, path)), ids)
        told = [one for one in secrets if one in answer.text]
        if "{" in path and answer.is_success and (method, path) not in YOUR_OWN:
            found_wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        if told and answer.is_success and path not in OPEN_TO_ALL:
            found_wrong.append(f"{method} {path} tells {told}")
    assert not found_wrong, "\n".join(found_wrong)
    assert state(world) == before, "something of Dov's community was changed"
    assert (await world.dov.reads(world.far_room)).head_seq == 1


async def test_no_cookie_counts_at_another_host(world: World) -> None:
    described = await description(world)
    ids, taken = await foreign_ids(world, described), bodies()
    await world.ada.signs_in()
    there, before = world.ada.visiting(world.elsewhere), state(world)
    signed_in = [one for one in operations(described) if one[2].get("security")]
    assert len(signed_in) > 10
    for method, path, _ in signed_in:
        answer = await tries(there, method, path, taken.get((method, path)), ids)
        assert answer.status_code in (401, 422), (method, path, answer.text)
        if answer.status_code == 401:
            assert answer.json()["code"] == "not_signed_in"
    assert state(world) == before


@pytest.mark.parametrize("what", ["room", "person", "graph"])
async def test_the_same_things_are_reached_from_inside(world: World, what: str) -> None:
    """The twin: what is refused above is there for Dov."""
    ids = {f"{what}_id": await FOREIGN[f"{what}_id"](world)}
    paths = {
        "room": "/api/rooms/{room_id}/messages",
        "person": "/api/me",
        "graph": "/api/graphs/{graph_id}",
    }
    answer = await world.dov.asks("GET", paths[what].format(**ids))
    assert answer.status_code == 200
    assert what != "person" or answer.json()["person"]["id"] == world.dov.id
