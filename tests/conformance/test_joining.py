"""Chapter "Coming in": who comes in by themselves, who asks, and who is let in."""

from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client, TurnedAway
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

PATH = "/api/join-requests"
PEOPLE: dict[str, str | None] = {"ada": "owner", "adm": "admin", "mod": "moderator"}
PEOPLE |= {"ben": "member", "gus": "guest", "bot": "bot"}
ROOMS: list[dict[str, Any]] = [
    {"name": "hall", "settings": {"default": True}, "members": ["ada"]},
    {"name": "quay", "members": ["ada"]},
]
ASKS = {"join_rule": "by_request", "join_questions": ["Why?"]}
TABLE = document.permissions()


@pytest.fixture
async def asking(square: Community) -> Community:
    """A community that asks first."""
    return await found(square.front.http, PEOPLE, ROOMS, **ASKS)


async def comes(town: Community, name: str = "dov") -> Client:
    """Somebody new signs in."""
    return await town.front.stranger().signs_in(town.email(name))


async def test_the_door_asks_what_the_settings_say(square: Community) -> None:
    town = await found(square.front.http, PEOPLE, ROOMS)
    ada = await town.client("ada")
    rule = {"join_rule": "by_request", "questions": ["Which house?", "Since when?"]}
    assert (await ada.asks("PATCH", "/api/community", rule)).is_success
    assert (await ada.gets("/api/community/settings"))["questions"] == rule["questions"]
    door = await (await comes(town)).gets(f"{PATH}/mine")
    assert (door["rule"], door["questions"]) == ("by_request", rule["questions"])


async def is_outside(who: Client, town: Community) -> None:
    """They are signed in, and nothing of the community is theirs to see."""
    me = await who.gets("/api/me")
    assert (me["role"], me["may"]) == ("", [])
    assert (await who.gets("/api/session"))["me"] == me
    assert (await who.gets("/api/rooms"))["rooms"] == []
    for room in town.rooms.values():
        refused(await who.asks("GET", f"/api/rooms/{room}/messages"), "room_not_found")
        with pytest.raises(TurnedAway, match="room_not_found"):
            await who.opens(room)
    refused(await who.asks("POST", "/api/rooms", {"name": "Mine"}), "not_allowed")
    refused(await who.asks("GET", PATH), "not_allowed")


@covers("route GET /api/join-requests/mine", "route POST /api/join-requests")
@covers("route GET /api/join-requests", "route POST /api/join-requests/{request_id}/approve")
async def test_who_asks_is_let_in(asking: Community) -> None:
    ada, dov = await asking.client("ada"), await comes(asking)
    await is_outside(dov, asking)
    assert await dov.gets(f"{PATH}/mine") == {
        "rule": "by_request",
        "questions": ["Why?"],
        "state": "outside",
    }
    for answer in ("To help.", "To help again."):
        assert (await dov.posts(PATH, {"answers": [answer]}))["state"] == "waiting"
    await is_outside(dov, asking)
    [request] = (await ada.gets(PATH))["requests"]
    assert request["person"] == dov.person and request["email"] == asking.email("dov")
    assert request["answers"] == [{"question": "Why?", "answer": "To help."}]
    socket = await ada.opens(asking.rooms["hall"])
    await ada.posts(f"{PATH}/{request['id']}/approve")
    assert (await socket.until("member_joined"))["person"] == dov.person
    assert (await dov.gets("/api/me"))["role"] == "member"
    assert (await dov.gets(f"{PATH}/mine"))["state"] == "member"
    assert (await dov.opens(asking.rooms["hall"])).welcome["you"]["role"] == "member"
    newest = (await ada.mails(asking.email("dov")))[0]
    assert newest["subject"].startswith("Welcome")
    assert (await ada.gets(PATH))["requests"] == []


@covers("route POST /api/join-requests/{request_id}/decline")
@covers("answer POST /api/join-requests/{request_id}/approve refuses not_found")
@covers("answer POST /api/join-requests/{request_id}/decline refuses not_found")
@covers("answer POST /api/join-requests refuses too_fast")
async def test_who_is_declined_stays_outside(asking: Community) -> None:
    ada, dov = await asking.client("ada"), await comes(asking)
    await dov.posts(PATH, {"answers": ["To help."]})
    [request] = (await ada.gets(PATH))["requests"]
    elsewhere = await (await found(ada.http)).client("ada")
    for what in ("approve", "decline"):
        path = f"{PATH}/{request['id']}/{what}"
        refused(await elsewhere.asks("POST", path), "not_found")
    await ada.posts(f"{PATH}/{request['id']}/decline")
    for what in ("approve", "decline"):
        refused(await ada.asks("POST", f"{PATH}/{request['id']}/{what}"), "not_found")
    again = await comes(asking)
    await is_outside(again, asking)
    assert (await again.gets(f"{PATH}/mine"))["state"] == "declined"
    answer = await again.asks("POST", PATH, {"answers": ["Please."]})
    refused(answer, "too_fast")
    assert int(answer.headers["retry-after"]) > 600_000


@covers("verb review_requests", "answer GET /api/join-requests refuses not_allowed")
@covers("answer POST /api/join-requests/{request_id}/approve refuses not_allowed")
@covers("answer POST /api/join-requests/{request_id}/decline refuses not_allowed")
async def test_who_reviews_requests(asking: Community) -> None:
    await (await comes(asking)).posts(PATH, {"answers": ["To help."]})
    [request] = (await (await asking.client("ada")).gets(PATH))["requests"]
    roles = {"ada": "owner", "adm": "admin", "mod": "moderator", "ben": "member", "gus": "guest"}
    for name, role in (roles | {"bot": "bot"}).items():
        client = await asking.client(name)
        answer = await client.asks("GET", PATH)
        heard = "yes" if answer.is_success else answer.json()["code"]
        assert heard == TABLE["review_requests", role]
        for what in ("approve", "decline") if heard != "yes" else ():
            path = f"{PATH}/{request['id']}/{what}"
            refused(await client.asks("POST", path), "not_allowed")


@covers("answer POST /api/join-requests refuses not_allowed")
async def test_by_invitation_alone_nobody_comes_in_but_by_one(square: Community) -> None:
    town = await found(square.front.http, PEOPLE, ROOMS, join_rule="invitation")
    dov = await comes(town)
    await is_outside(dov, town)
    refused(await dov.asks("POST", PATH, {}), "not_allowed")
    made = await (await town.client("ada")).posts("/api/invitations", {})
    answer = await dov.asks("POST", f"/api/invitations/{made['code']}/accept")
    assert answer.json()["me"]["role"] == "member"
    rooms = (await dov.gets("/api/rooms"))["rooms"]
    assert {room["name"]: room["role"] for room in rooms} == {"hall": "member", "quay": None}


async def test_on_the_way_to_an_invitation_one_stays_outside(square: Community) -> None:
    town = await found(square.front.http, PEOPLE, ROOMS)
    dov, email = town.front.stranger(), town.email("dov")
    await dov.posts("/api/sign-in", {"email": email})
    token = {"token": await dov.token(email), "enter": False}
    dov.keeps(await dov.asks("POST", "/api/sign-in/complete", token))
    await is_outside(dov, town)
    guest = {"role": "guest", "room_ids": [town.rooms["quay"]]}
    made = await (await town.client("ada")).posts("/api/invitations", guest)
    await dov.asks("POST", f"/api/invitations/{made['code']}/accept")
    assert (await dov.gets("/api/me"))["role"] == "guest"
    assert [room["name"] for room in (await dov.gets("/api/rooms"))["rooms"]] == ["quay"]


async def test_through_an_open_door_one_comes_in_later_too(square: Community) -> None:
    town = await found(square.front.http, PEOPLE | {"dov": None}, ROOMS)
    dov = town.front.stranger()
    body = {"person_id": town.people["dov"], "enter": False}
    dov.keeps(await dov.asks("POST", "/api/local/sign-in", body))
    await is_outside(dov, town)
    assert (await dov.posts(PATH, {}))["state"] == "member"
    rooms = (await dov.gets("/api/rooms"))["rooms"]
    assert {room["name"]: room["role"] for room in rooms} == {"hall": "member", "quay": None}


async def test_the_first_of_all_owns_it_whatever_the_rule(square: Community) -> None:
    town = await found(square.front.http, {}, [], join_rule="invitation")
    assert (await comes(town, "kari")).me["role"] == "owner"
    assert (await comes(town, "dov")).me["role"] == ""


@covers("answer POST /api/join-requests refuses bad_fields", "limit AskToJoin.answers 1000")
async def test_each_question_has_its_answer(asking: Community) -> None:
    dov = await comes(asking)
    for answers in ([], [" "], ["a", "b"], ["a" * 1_001]):
        refused(await dov.asks("POST", PATH, {"answers": answers}), "bad_fields")
    assert (await dov.posts(PATH, {"answers": ["a" * 1_000]}))["state"] == "waiting"
