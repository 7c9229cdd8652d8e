"""How a community is set, and its guidelines: chapter "Where and who"."""

from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

HERE = "/api/community"
GUIDELINES = f"{HERE}/guidelines"
OF_ADMINS = {
    "edit_community": ("PATCH", HERE, {"name": "Home"}),
    "edit_features": ("PATCH", HERE, {"features": {"graphs": True, "assistant": True}}),
    "edit_branding": ("PATCH", f"{HERE}/brand", {"accent": "#b4531a"}),
    "edit_guidelines": ("PUT", GUIDELINES, {"text": "Be kind.", "version": 0}),
}
PEOPLE: dict[str, str | None] = {"owner": "owner", "admin": "admin", "moderator": "moderator"}
PEOPLE |= {"member": "member", "guest": "guest", "bot": "bot"}


async def change(who: Client, **what: Any) -> Any:
    answer = await who.asks("PATCH", HERE, what)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("role", PEOPLE)
@covers("verb edit_community", "verb edit_features", "verb edit_guidelines", "verb edit_branding")
async def test_who_may_set_a_community(square: Community, role: str) -> None:
    table = document.permissions()
    for verb, (method, path, body) in OF_ADMINS.items():
        place = await found(square.front.http, PEOPLE)
        answer = await (await place.client(role)).asks(method, path, body)
        heard = "yes" if answer.is_success else answer.json()["code"]
        assert heard == table[verb, role], verb


@covers("route PATCH /api/community", "route GET /api/community/settings")
@covers("answer PATCH /api/community refuses not_allowed")
@covers("answer GET /api/community/settings refuses not_allowed")
async def test_what_is_changed_is_so_and_the_rest_stays(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    before = await ada.gets(f"{HERE}/settings")
    assert before["join_rule"] == "open" and before["default_rooms"] == []
    told = await change(ada, name=" The  Quay ", join_rule="invitation", languages=["en", "no"])
    assert told == before | {
        "name": "The Quay",
        "join_rule": "invitation",
        "languages": ["en", "no"],
    }
    assert (await change(ada, description="By the water.")) == told | {
        "description": "By the water."
    }
    assert await ada.gets(f"{HERE}/settings") == told | {"description": "By the water."}
    assert (await town.front.gets(HERE))["name"] == "The Quay"
    refused(await ben.asks("PATCH", HERE, {"name": "Mine"}), "not_allowed")
    refused(await ben.asks("GET", f"{HERE}/settings"), "not_allowed")


async def test_people_begin_in_public_rooms_of_their_own_community(town: Community) -> None:
    ada, other = await town.client("ada"), await found(town.front.http)
    quay, cabin = town.rooms["quay"], town.rooms["cabin"]
    assert (await change(ada, default_rooms=[quay]))["default_rooms"] == [quay]
    for wrong in (cabin, other.rooms["quay"], "no-such-room"):
        refused(await ada.asks("PATCH", HERE, {"default_rooms": [quay, wrong]}), "bad_fields")
    assert (await ada.gets(f"{HERE}/settings"))["default_rooms"] == [quay]
    kari = await town.front.stranger().signs_in(town.email("kari"))
    assert [room["role"] for room in (await kari.gets("/api/rooms"))["rooms"]] == ["member"]
    assert (await change(ada, default_rooms=[]))["default_rooms"] == []


async def test_a_feature_that_is_off_is_nobodys_at_open_sockets_too(town: Community) -> None:
    ada = await town.client("ada")
    socket = await ada.opens(town.rooms["quay"])
    assert "share_graph" in socket.welcome["you"]["may"]
    assert (await ada.asks("GET", "/api/graphs")).status_code == 200
    await change(ada, features={"graphs": False, "assistant": True})
    while (told := await socket.next())["type"] != "access_changed":
        pass
    assert "share_graph" not in told["you"]["may"]
    refused(await ada.asks("GET", "/api/graphs"), "not_allowed")
    assert "read_graph" not in (await ada.gets("/api/me"))["may"]
    await change(ada, features={"graphs": True, "assistant": True})
    no = {"features": {"graphs": 0, "assistant": True}}
    refused(await ada.asks("PATCH", HERE, no), "bad_fields")
    assert (await ada.asks("GET", "/api/graphs")).status_code == 200


@covers("answer GET /api/graphs refuses not_allowed", "route PATCH /api/community")
@covers("answer GET /api/graphs/{graph_id} refuses not_allowed")
@covers("answer GET /api/graphs/{graph_id}/whole refuses not_allowed")
async def test_without_graphs_there_are_none(town: Community) -> None:
    ada = await town.client("ada")
    await change(ada, features={"graphs": False, "assistant": True})
    for path in ("/api/graphs", "/api/graphs/none", "/api/graphs/none/whole"):
        refused(await ada.asks("GET", path), "not_allowed")


@covers("limit ChangeCommunity.name 80", "limit ChangeCommunity.description 500")
@covers("limit ChangeCommunity.languages 10", "limit ChangeCommunity.questions 5")
@covers("limit ChangeCommunity.questions 200", "limit ChangeCommunity.default_rooms 20")
async def test_what_a_change_may_hold(town: Community) -> None:
    ada = await town.client("ada")
    rooms = [(await ada.makes_room())["id"] for _ in range(21)]
    fits = {
        "name": "n" * 80,
        "description": "d" * 500,
        "languages": ["en"] * 10,
        "questions": ["q" * 200] * 5,
        "default_rooms": rooms[:20],
    }
    await change(ada, **fits)
    too_much: dict[str, Any] = {
        "name": "n" * 81,
        "description": "d" * 501,
        "languages": ["en"] * 11,
        "questions": ["q"] * 6,
        "default_rooms": rooms,
    }
    for field, value in (*too_much.items(), ("languages", ["English"]), ("questions", ["q" * 201])):
        problem = refused(await ada.asks("PATCH", HERE, {field: value}), "bad_fields")
        assert problem["fields"][0].split(".")[0] == field
    for name in ("", "\u200b", "\u3164"):
        refused(await ada.asks("PATCH", HERE, {"name": name}), "bad_fields")


@covers("route GET /api/community/guidelines", "route PUT /api/community/guidelines")
@covers("route POST /api/community/guidelines/accept")
@covers("answer PUT /api/community/guidelines refuses version_conflict")
@covers("answer PUT /api/community/guidelines refuses not_allowed")
@covers("answer POST /api/community/guidelines/accept refuses version_conflict")
async def test_guidelines_have_versions_that_members_accept(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    nothing = {"version": 0, "text": "", "written_at": None, "accepted": None}
    nothing |= {"required": False}
    assert await town.front.gets(GUIDELINES) == nothing
    first = {"text": "Be kind.", "version": 0}
    assert (await ada.asks("PUT", GUIDELINES, first)).json()["version"] == 1
    refused(await ada.asks("PUT", GUIDELINES, first), "version_conflict")
    refused(await ben.asks("PUT", GUIDELINES, first | {"version": 1}), "not_allowed")
    accept = f"{GUIDELINES}/accept"
    assert (await ben.posts(accept, {"version": 1}))["accepted"] == 1
    await ada.asks("PUT", GUIDELINES, {"text": "Be kind. Be brief.", "version": 1})
    told = await ben.gets(GUIDELINES)
    assert (told["version"], told["text"], told["accepted"]) == (2, "Be kind. Be brief.", 1)
    for version in (1, 3):
        refused(await ben.asks("POST", accept, {"version": version}), "version_conflict")
    for version in (2**53, 2**60, 2**70):
        refused(await ben.asks("POST", accept, {"version": version}), "bad_fields")
        next_one = {"text": "Be kind.", "version": version}
        refused(await ada.asks("PUT", GUIDELINES, next_one), "bad_fields")
    assert (await ben.posts(accept, {"version": 2}))["accepted"] == 2
    assert (await town.front.gets(GUIDELINES))["accepted"] is None


@covers("refusal guidelines_first", "event access_changed")
@covers("answer POST /api/rooms/{room_id}/graphs refuses guidelines_first")
async def test_nobody_writes_before_they_have_accepted(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    sockets = [await who.opens(quay) for who in (ada, ben)]
    await ada.asks("PUT", GUIDELINES, {"text": "Be kind.", "version": 0})
    assert (await sockets[1].says("Before."))["seq"]
    required = await ada.asks("PATCH", "/api/community", {"guidelines_required": True})
    assert required.json()["guidelines_required"] and (await ben.gets(GUIDELINES))["required"]
    for who, socket in zip((ada, ben), sockets, strict=True):
        told = await socket.until("access_changed")
        assert "read_room" in told["you"]["may"] and "post_message" not in told["you"]["may"]
        no = {"type": "send_message", "ref": "early", "content": "Too early."}
        await socket.is_refused("guidelines_first", no)
        share = {"graph_id": "g", "ref": "early-graph"}
        refused(await who.asks("POST", f"/api/rooms/{quay}/graphs", share), "guidelines_first")
    await ben.posts(f"{GUIDELINES}/accept", {"version": 1})
    assert "post_message" in (await sockets[1].until("access_changed"))["you"]["may"]
    assert (await sockets[1].says("Too early.", "early"))["message"]["author"] == ben.person
    await sockets[0].is_refused("guidelines_first", no)
    await ada.asks("PUT", GUIDELINES, {"text": "Be kind. Be brief.", "version": 1})
    assert "post_message" not in (await sockets[1].until("access_changed"))["you"]["may"]
    await ada.asks("PATCH", "/api/community", {"guidelines_required": False})
    assert "post_message" in (await sockets[1].until("access_changed"))["you"]["may"]


async def test_who_is_no_member_accepts_nothing(square: Community) -> None:
    place = await found(square.front.http, {"ada": "owner", "dov": None}, [])
    other = await found(square.front.http, {"una": "owner"}, [])
    ada = await place.client("ada")
    await ada.asks("PUT", GUIDELINES, {"text": "Be kind.", "version": 0})
    assert (await ada.posts(f"{GUIDELINES}/accept", {"version": 1}))["accepted"] == 1
    una = await other.client("una")
    refused(await una.asks("POST", f"{GUIDELINES}/accept", {"version": 1}), "version_conflict")
    stranger = Client(place.front.http, place.front.domain, una.cookie, una.me)
    answer = await stranger.asks("POST", f"{GUIDELINES}/accept", {"version": 1})
    refused(answer, "not_signed_in")


@covers("limit NewGuidelines.text 20000", "number GUIDELINES_LENGTH")
async def test_guidelines_have_at_most_so_many_characters(town: Community) -> None:
    ada, most = await town.client("ada"), document.number("GUIDELINES_LENGTH")
    answer = await ada.asks("PUT", GUIDELINES, {"text": "g" * most, "version": 0})
    assert answer.json()["version"] == 1
    answer = await ada.asks("PUT", GUIDELINES, {"text": "g" * (most + 1), "version": 1})
    assert refused(answer, "bad_fields")["fields"] == ["text"]
