"""Chapter "On a developer's machine only": what founds communities and fills rooms."""

from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.asking import request_to
from tests.conformance.client import Client
from tests.conformance.founding import Community, found, foundation, new_mark
from tests.conformance.past import fill, old
from tests.conformance.witness import covers

LOCAL = [each for each in document.ROUTES if each.path.startswith("/api/local/")]


@pytest.mark.parametrize("route", LOCAL, ids=lambda route: route.name)
async def test_elsewhere_nothing_is_here(square: Community, route: document.Route) -> None:
    """Whatever the method and the body; a host that is not this machine is elsewhere."""
    path, body = request_to(route, square)
    for host in ("chat.aurora.example", "192.168.1.7", "localhost.example"):
        away = Client(square.front.http, host)
        refused(await away.asks(route.method, path, body), "not_found")
        refused(await away.asks("DELETE", path), "not_found")
        refused(await away.asks("POST", path, content=b"no json"), "not_found")


IDS = ["a", "0", "a" * 64, "A-b_9", "a-"]
NO_IDS = ["", "-a", "_a", "a" * 65, "a b", "é", "a.b", "a\n"]


@covers("number ID_PATTERN")
async def test_an_id_looks_like_an_id(square: Community) -> None:
    """Of somebody who is not there: a right id is not found, a wrong one is a wrong field."""
    for right in IDS:
        answer = await square.front.asks("POST", "/api/local/sign-in", {"person_id": right})
        refused(answer, "not_found")
    for wrong in NO_IDS:
        answer = await square.front.asks("POST", "/api/local/sign-in", {"person_id": wrong})
        assert refused(answer, "bad_fields")["fields"] == ["person_id"]


@covers("route POST /api/local/foundations", "route GET /api/local/people")
async def test_a_community_is_founded(town: Community) -> None:
    assert town.config == {
        "community_id": f"c-{town.mark}",
        "slug": f"s-{town.mark}",
        "name": f"Community {town.mark}",
        "description": "",
        "domain": town.front.domain,
        "brand": {},
    }
    people = (await town.front.gets("/api/local/people"))["people"]
    assert {person["id"] for person in people} == {*town.people.values()}
    assert all(person["about"] == "" for person in people)


async def test_each_role_is_what_the_foundation_said(square: Community) -> None:
    roles = ("owner", "admin", "moderator", "member", "guest", "bot")
    place = await found(square.front.http, {role: role for role in roles}, [])
    for role in roles:
        assert (await place.client(role)).me["role"] == role


async def test_what_is_there_stays(town: Community) -> None:
    body = foundation(town.mark, {"ada": "owner"}, [{"name": "quay", "members": ["ada"]}])
    body["rooms"][0]["name"] = "Another name"
    assert await town.front.posts("/api/local/foundations", body) == town.config
    rooms = (await (await town.client("ada")).gets("/api/rooms"))["rooms"]
    assert [room["name"] for room in rooms] == ["cabin", "quay"]


async def test_a_domain_of_another_community_changes_nothing(town: Community) -> None:
    body = foundation(new_mark(), {"zoe": "owner"}, [])
    body["domains"] = [town.front.domain, f"chat.s-{new_mark()}.localhost"]
    assert await town.front.posts("/api/local/foundations", body) == town.config
    people = (await town.front.gets("/api/local/people"))["people"]
    assert "Zoe" not in {person["name"] for person in people}


@covers("answer POST /api/local/foundations refuses name_taken")
async def test_a_slug_or_an_address_of_somebody_else_is_taken(town: Community) -> None:
    slug = foundation(new_mark(), {}, [])
    slug["community"]["slug"] = f"s-{town.mark}"
    refused(await town.front.asks("POST", "/api/local/foundations", slug), "name_taken")
    address = foundation(new_mark(), {"zoe": "owner"}, [])
    address["people"][0]["email"] = town.email("ada")
    refused(await town.front.asks("POST", "/api/local/foundations", address), "name_taken")


async def test_a_room_of_another_community_is_left_alone(town: Community) -> None:
    body = foundation(new_mark(), {"zoe": "owner"}, [{"name": "quay", "members": ["zoe"]}])
    body["rooms"][0] |= {"id": town.rooms["quay"], "name": "Stolen"}
    await town.front.posts("/api/local/foundations", body)
    zoe = await Client(town.front.http, body["domains"][0]).clicks(body["people"][0]["id"])
    assert (await zoe.gets("/api/rooms"))["rooms"] == []
    members = await (await town.client("ada")).gets(f"/api/rooms/{town.rooms['quay']}/members")
    assert [member["name"] for member in members["members"]] == ["Ada", "Ben"]


def wrong_foundations() -> list[tuple[str, Any]]:
    """Bodies with one thing wrong, named by what it is."""
    wrong = []
    for name, change in (
        ("no domain", {"domains": []}),
        ("upper case", {"domains": ["Chat.Harbour.localhost"]}),
        ("a port", {"domains": ["chat.harbour.localhost:8787"]}),
        ("no object", {"community": "harbour"}),
        ("a role", {"people": [{"id": "a", "email": "a@b.example", "name": "A", "role": "king"}]}),
        ("an id", {"people": [{"id": "no id", "email": "a@b.example", "name": "A"}]}),
    ):
        wrong.append((name, foundation(new_mark(), {}, []) | change))
    return wrong


@pytest.mark.parametrize(("name", "body"), wrong_foundations())
async def test_a_foundation_with_something_wrong_is_refused(
    square: Community, name: str, body: Any
) -> None:
    problem = refused(await square.front.asks("POST", "/api/local/foundations", body), "bad_fields")
    assert problem["fields"], name


@covers("route POST /api/local/rooms/{room_id}/messages")
async def test_messages_of_the_past_keep_their_times(town: Community) -> None:
    ada = await town.client("ada")
    await fill(ada, town, "quay", 3)
    path = f"/api/local/rooms/{town.rooms['quay']}/messages"
    facts = {"id": town.rooms["quay"], "name": "quay", "description": "", "settings": {}}
    facts["community_id"] = f"c-{town.mark}"
    body = {"room": facts, "messages": [old(ada, 2, "Changed."), old(ada, 3)]}
    assert await ada.posts(path, body) == {"added": 1, "head_seq": 4}
    events = (await ada.gets(f"/api/rooms/{town.rooms['quay']}/messages"))["events"]
    assert [event["message"]["content"] for event in events] == [f"Old {i}." for i in range(4)]
    assert [event["message"]["created_at"] for event in events] == [
        old(ada, index)["created_at"] for index in range(4)
    ]


@covers("route GET /api/local/rooms/{room_id}/vitals")
async def test_a_room_s_object_says_how_it_is(town: Community) -> None:
    ada, quay = await town.client("ada"), town.rooms["quay"]
    path = f"/api/local/rooms/{quay}/vitals"
    socket, _ = await ada.opens(quay), await ada.opens(quay)
    await socket.says("One.")
    vitals = await town.front.gets(path)
    assert (vitals["head_seq"], vitals["sockets"]) == (1, 2)
    assert vitals["copied_seq"] in (0, 1) and vitals["incarnation"]


@covers("route POST /api/local/calls", "answer POST /api/local/calls refuses bad_fields")
async def test_a_worker_is_asked_as_another_one_asks_it(town: Community) -> None:
    asked = {"person_id": town.people["ada"], "community_id": f"c-{town.mark}"}
    body = {"method": "graphs", "question": asked}
    assert await town.front.posts("/api/local/calls", body) == {"answer": {"graphs": []}}
    foreign = {**body, "question": {**asked, "community_id": f"c-{new_mark()}"}}
    told = (await town.front.posts("/api/local/calls", foreign))["answer"]
    assert told["refused"] == "not_allowed"
    nowhere = {"method": "vitals", "question": {}}
    refused(await town.front.asks("POST", "/api/local/calls", nowhere), "bad_fields")


@covers("route POST /api/local/clock", "limit ClockJump.offset_ms 86400000")
async def test_the_clock_is_set_right_and_not_wrong_by_more_than_a_day(square: Community) -> None:
    """It is everybody's clock: a test that shared it could not let it jump."""
    answer = await square.front.asks("POST", "/api/local/clock", {"offset_ms": 0})
    assert answer.json() == {"offset_ms": 0}
    for wrong in (86_400_001, -86_400_001):
        refused(
            await square.front.asks("POST", "/api/local/clock", {"offset_ms": wrong}), "bad_fields"
        )
