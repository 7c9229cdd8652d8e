"""One community never reaches another's by a call between workers, whoever makes it.

The methods are read from the code: one that is new fails until this file has its question.
"""

import ast
from collections.abc import Awaitable, Callable
from typing import Any, get_args

import pytest

from schema.local import Method
from tests.cast import World
from tests.integration.test_graphs import saves
from tests.unit.document import ROOT

ENTRIES = [*ROOT.glob("workers/*/entry.py"), ROOT / "durable_objects" / "chat_room.py"]
OF_THE_PLATFORM = {"fetch", "alarm", "openapi", "health"}
"""Called by the platform, or telling of the worker alone."""

REFUSED = {"room_not_found", "graph_not_found", "not_allowed", "name_taken", "version_conflict"}
"""A graph of another community is none here: whoever saves it at a version is behind."""

OF_NO_COMMUNITY = {"summarise", "moderate", "vitals"}
"""They are given all that they tell of, or tell how an object is doing."""

Question = tuple[str | None, dict[str, Any]]
Asks = Callable[[World, bool], Awaitable[Question]]
"""The room and the question: for Ada in her own community, or else across the border."""


def methods() -> set[str]:
    """What one worker may ask of another: every method of an entry that awaits, and no name of
    our own inside."""
    found = set()
    for entry in ENTRIES:
        for one in ast.walk(ast.parse(entry.read_text("utf-8"))):
            if isinstance(one, ast.ClassDef) and one.name in ("Default", "ChatRoom"):
                found |= {each.name for each in one.body if isinstance(each, ast.AsyncFunctionDef)}
    return {name for name in found if not name.startswith("_")} - OF_THE_PLATFORM


def facts(world: World, room_id: str, community_id: str) -> dict[str, Any]:
    named = {"id": room_id, "name": "Room", "description": "", "settings": {}}
    return {**named, "community_id": community_id}


def room(world: World, home: bool) -> tuple[str, dict[str, Any]]:
    """A room's object, and a room of Ada's: the same one at home."""
    asked = world.commons if home else world.far_room
    return asked, facts(world, world.commons, world.here.community_id)


def admission(world: World, home: bool) -> tuple[str, dict[str, Any]]:
    asked, known = room(world, home)
    person = {"id": world.ada.id, "name": world.ada.name}
    may = ["read_room", "post_message"]
    roles = {"community_role": "owner", "room_role": "member"}
    return asked, {"person": person, "may": may, "room": known, **roles}


async def found(world: World, home: bool) -> Question:
    """The other community under the slug of this one's."""
    place = world.here if home else world.elsewhere
    taken = {"id": world.here.community_id, "slug": place.community_id, "name": "Mine"}
    return None, {"community": taken, "domains": [world.here.domain]}


async def graph(world: World, home: bool) -> Question:
    of = world.ada if home else world.dov
    asked = {"person_id": world.ada.id, "community_id": world.here.community_id}
    return None, {**asked, "graph_id": await saves(of, "A graph")}


async def graphs(world: World, home: bool) -> Question:
    place = world.here if home else world.elsewhere
    return None, {"person_id": world.ada.id, "community_id": place.community_id}


async def save(world: World, home: bool) -> Question:
    _, asked = await graph(world, home)
    empty = {"nodes": [], "edges": [], "metadata": {"title": "Mine now", "version": 1}}
    return None, {**asked, "graph": empty}


async def post_for(world: World, home: bool) -> Question:
    asked, admitted = admission(world, home)
    said = {"ref": "r1", "content": "Hi.", "message_type": "text", "metadata": {}}
    return asked, {"admission": admitted, **said}


async def change_membership(world: World, home: bool) -> Question:
    asked, known = room(world, home)
    person = {"id": world.ada.id, "name": world.ada.name}
    change = {"joined": True, "ref": "joined-1", "room_role": "member", "may": ["read_room"]}
    return asked, {"room": known, "person": person, **change}


async def log_page(world: World, home: bool) -> Question:
    asked, known = room(world, home)
    return asked, {"community_id": known["community_id"]}


async def readmit(world: World, home: bool) -> Question:
    asked, known = room(world, home)
    place = {"community_id": known["community_id"], "room_id": known["id"]}
    return asked, {**place, "person_id": world.ada.id}


async def decide(world: World, home: bool) -> Question:
    asked, known = room(world, home)
    decision = {"message_id": "m1", "let_in": True, "said": ""}
    return asked, {"community_id": known["community_id"], **decision}


async def withdraw(world: World, home: bool) -> Question:
    asked, known = room(world, home)
    return asked, {"community_id": known["community_id"], "author_id": world.dov.id, "ref": "r1"}


async def tell_reviewers(world: World, home: bool) -> Question:
    asked, known = room(world, home)
    return asked, {"community_id": known["community_id"]}


async def import_messages(world: World, home: bool) -> Question:
    asked, known = room(world, home)
    old = {"author": {"id": world.ada.id, "name": "Ada"}, "ref": "old-1", "content": "Old."}
    return asked, {"room": known, "messages": [{**old, "created_at": 1_795_300_000_000}]}


ASKS: dict[str, Asks] = {
    "found": found,
    "card": graph,
    "graph": graph,
    "graphs": graphs,
    "save": save,
    "post_for": post_for,
    "change_membership": change_membership,
    "import_messages": import_messages,
    "log_page": log_page,
    "readmit": readmit,
    "decide": decide,
    "withdraw": withdraw,
    "tell_reviewers": tell_reviewers,
}


async def says(world: World, method: str, question: Question) -> dict[str, Any]:
    room_id, asked = question
    body = {"method": method, "room_id": room_id, "question": asked}
    answer = await world.here.asks("POST", "/api/local/calls", json=body)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()["answer"]
    return said


def test_every_method_can_be_called_and_has_a_question() -> None:
    assert set(get_args(Method)) == methods()
    assert set(ASKS) | OF_NO_COMMUNITY == methods()


@pytest.mark.parametrize("method", sorted(ASKS))
async def test_a_call_reaches_its_own_community_and_no_other(world: World, method: str) -> None:
    for person in (world.ada, world.dov):
        await person.opens(world.commons if person is world.ada else world.far_room)
    told = await says(world, method, await ASKS[method](world, True))
    assert "refused" not in told, told
    before = (await world.dov.reads(world.far_room)).head_seq
    told = await says(world, method, await ASKS[method](world, False))
    assert told.get("refused") in REFUSED, told
    assert (await world.dov.reads(world.far_room)).head_seq == before
