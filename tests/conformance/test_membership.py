"""Rooms and who is in them: making, joining, leaving, being shown out."""

import time
from typing import Any

import pytest

from tests.conformance.answers import refused
from tests.conformance.founding import Community
from tests.conformance.witness import covers


@covers("route POST /api/rooms", "route GET /api/rooms", "event member_joined")
async def test_who_makes_a_room_is_its_first_member(town: Community) -> None:
    ben = await town.client("ben")
    room = await ben.makes_room(name="Boat shed", description="Keys", visibility="private")
    assert (room["name"], room["description"]) == ("Boat shed", "Keys")
    assert (room["visibility"], room["role"]) == ("private", "admin")
    assert abs(room["created_at"] - time.time() * 1000) < 60_000
    assert room in (await ben.gets("/api/rooms"))["rooms"]
    [member] = (await ben.gets(f"/api/rooms/{room['id']}/members"))["members"]
    assert (member["id"], member["role"]) == (ben.id, "admin")
    socket = await ben.opens(room["id"])
    [joined] = socket.page["events"]
    assert (joined["type"], joined["seq"], joined["person"]) == ("member_joined", 1, ben.person)
    assert socket.welcome["you"]["role"] == "admin"


async def test_what_is_left_out_of_a_new_room_has_its_default(town: Community) -> None:
    room = await (await town.client("ben")).makes_room(name="Bare")
    assert (room["description"], room["visibility"]) == ("", "public")


async def test_rooms_are_those_that_you_may_see_by_name(town: Community) -> None:
    ada, cleo, gus = [await town.client(name) for name in ("ada", "cleo", "gus")]
    listed = {
        name: [(room["name"], room["role"]) for room in (await who.gets("/api/rooms"))["rooms"]]
        for name, who in (("ada", ada), ("cleo", cleo), ("gus", gus))
    }
    assert listed["ada"] == [("cabin", "member"), ("quay", "member")]
    assert listed["cleo"] == [("quay", None)]
    assert listed["gus"] == []


@covers("route POST /api/rooms/{room_id}/join", "route GET /api/rooms/{room_id}/members")
async def test_joining_tells_the_room_once(town: Community) -> None:
    ada, cleo, quay = await town.client("ada"), await town.client("cleo"), town.rooms["quay"]
    line = await ada.opens(quay)
    entry = await cleo.posts(f"/api/rooms/{quay}/join")
    assert (entry["id"], entry["role"]) == (quay, "member")
    joined = await line.until("member_joined")
    assert (joined["seq"], joined["person"]) == (1, cleo.person)
    assert abs(joined["at"] - time.time() * 1000) < 60_000
    again = await cleo.posts(f"/api/rooms/{quay}/join")
    assert again == entry
    assert (await line.says("Next."))["seq"] == 2
    members = (await cleo.gets(f"/api/rooms/{quay}/members"))["members"]
    assert [member["name"] for member in members] == ["Ada", "Ben", "Cleo"]


@covers("event access_changed")
async def test_an_open_socket_may_do_more_after_joining(town: Community) -> None:
    cleo, quay = await town.client("cleo"), town.rooms["quay"]
    socket = await cleo.opens(quay)
    text = {"type": "send_message", "ref": "r", "content": "Hello."}
    await socket.is_refused("join_first", text)
    await cleo.posts(f"/api/rooms/{quay}/join")
    you = (await socket.until("access_changed"))["you"]
    assert you["role"] == "member" and "post_message" in you["may"]
    assert (await socket.says("Hello.", ref="r"))["seq"] == 2


@covers("event member_left", "route POST /api/rooms/{room_id}/leave", "refusal join_first")
@covers("answer POST /api/rooms/{room_id}/leave refuses join_first")
async def test_leaving_a_public_room_makes_a_visitor(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    line, other = await ben.opens(quay), await ada.opens(quay)
    await ben.posts(f"/api/rooms/{quay}/leave")
    for socket in (line, other):
        left = await socket.until("member_left")
        assert (left["seq"], left["person"]) == (1, ben.person)
    text = {"type": "send_message", "ref": "r", "content": "Hello."}
    await line.is_refused("join_first", text)
    assert (await line.history())["events"] == [left]
    refused(await ben.asks("POST", f"/api/rooms/{quay}/leave"), "join_first")
    assert (await ben.opens(quay)).welcome["you"]["role"] == "visitor"


@covers("close 4003")
async def test_leaving_a_private_room_closes_each_of_your_sockets(town: Community) -> None:
    ada, ben, cabin = await town.client("ada"), await town.client("ben"), town.rooms["cabin"]
    mine, mine_too, other = await ben.opens(cabin), await ben.opens(cabin), await ada.opens(cabin)
    await ben.posts(f"/api/rooms/{cabin}/leave")
    assert await mine.closed() == (4003, "no_longer_admitted")
    assert await mine_too.closed() == (4003, "no_longer_admitted")
    assert (await other.until("member_left"))["person"] == ben.person
    assert (await other.says("We are fewer."))["seq"] == 2


@covers("answer POST /api/rooms/{room_id}/leave refuses room_not_found", "refusal room_not_found")
@covers("answer POST /api/rooms/{room_id}/join refuses room_not_found")
@covers("answer GET /api/rooms/{room_id}/members refuses room_not_found")
@covers("answer GET /api/rooms/{room_id}/messages refuses room_not_found")
@covers("answer POST /api/rooms/{room_id}/catch-up refuses room_not_found")
@covers("answer POST /api/rooms/{room_id}/graphs refuses room_not_found")
async def test_a_room_that_you_may_not_see_does_not_exist(town: Community) -> None:
    ben, cleo, cabin = await town.client("ben"), await town.client("cleo"), town.rooms["cabin"]
    await ben.posts(f"/api/rooms/{cabin}/leave")
    share = {"ref": "r", "graph_id": "3ceaaf30-8142-48ea-91d9-3080f9b439fc"}
    asked: list[tuple[str, str, Any]] = [
        ("POST", "leave", None),
        ("POST", "join", None),
        ("GET", "members", None),
    ]
    asked += [("GET", "messages", None), ("POST", "catch-up", {}), ("POST", "graphs", share)]
    for who in (ben, cleo):
        for room in (cabin, f"no-{town.mark}"):
            for method, what, body in asked:
                answer = await who.asks(method, f"/api/rooms/{room}/{what}", body)
                refused(answer, "room_not_found")


@covers("limit NewRoom.name 80", "limit NewRoom.description 500")
async def test_a_room_s_name_and_description_have_their_lengths(town: Community) -> None:
    ben = await town.client("ben")
    room = await ben.makes_room(name="n" * 80, description="d" * 500)
    assert (len(room["name"]), len(room["description"])) == (80, 500)
    assert (await ben.makes_room(name="é"))["name"] == "é"
    for name in ("", " ", "n" * 81):
        problem = refused(await ben.asks("POST", "/api/rooms", {"name": name}), "bad_fields")
        assert problem["fields"] == ["name"]
    long = {"name": "Another", "description": "d" * 501}
    problem = refused(await ben.asks("POST", "/api/rooms", long), "bad_fields")
    assert problem["fields"] == ["description"]


@pytest.mark.parametrize("name", ["\u200b", "\x00", "\u200b\u2060"])
async def test_a_name_that_nobody_sees_is_a_wrong_field(town: Community, name: str) -> None:
    ben = await town.client("ben")
    problem = refused(await ben.asks("POST", "/api/rooms", {"name": name}), "bad_fields")
    assert problem["fields"] == []


async def test_what_nobody_sees_goes_from_a_name(town: Community) -> None:
    room = await (await town.client("ben")).makes_room(name="Bo\x00at\u200b", description="a\x07b")
    assert (room["name"], room["description"]) == ("Boat", "ab")


@covers("answer POST /api/rooms refuses name_taken", "refusal name_taken")
async def test_a_name_is_taken_however_it_is_written(town: Community) -> None:
    ben = await town.client("ben")
    await ben.makes_room(name="Caf\u00e9 A", visibility="private")
    for again in ("Caf\u00e9 A", "CAF\u00c9 a", "Cafe\u0301 A", "Caf\u00e9 \uff21"):
        for who in (ben, await town.client("cleo")):
            refused(await who.asks("POST", "/api/rooms", {"name": again}), "name_taken")


@covers("answer POST /api/rooms refuses not_allowed", "refusal not_allowed")
async def test_a_guest_makes_no_room(town: Community) -> None:
    gus = await town.client("gus")
    refused(await gus.asks("POST", "/api/rooms", {"name": "Mine"}), "not_allowed")
