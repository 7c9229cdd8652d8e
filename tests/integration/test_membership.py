"""Joining and leaving, and what is invisible to whom."""

import asyncio

import pytest

from schema.wire import CloseCode, MemberJoined, MemberLeft
from tests.cast import World
from tests.person import Person
from tests.place import refused
from tests.sight import sees, sees_joining, sees_leaving, sees_refusal


async def rooms_of(person: Person) -> dict[str, str | None]:
    """The side bar: room ids and the person's roles in them."""
    return {room["id"]: room["role"] for room in (await person.gets("/api/rooms"))["rooms"]}


async def members_of(person: Person, room: str) -> dict[str, str]:
    found = (await person.gets(f"/api/rooms/{room}/members"))["members"]
    return {member["id"]: member["role"] for member in found}


async def test_who_joins_is_announced_and_may_talk(world: World) -> None:
    ada, finn = world.ada, world.finn
    await ada.opens(world.commons)
    await finn.opens(world.commons)
    await finn.says(type="send_message", ref="early", content="Hello?")
    await finn.until(sees_refusal("join_first", "early"))
    answer = await finn.asks("POST", f"/api/rooms/{world.commons}/join")
    assert (answer.status_code, answer.json()["role"]) == (200, "member")
    joined = await ada.until(sees_joining(finn))
    assert (joined.seq, joined.person.name) == (1, "Finn Aasen")
    posted = await finn.posts("Hello!")
    assert await ada.until(sees("Hello!")) == posted
    assert finn.id in await members_of(ada, world.commons)
    assert (await rooms_of(finn))[world.commons] == "member"


async def test_to_join_twice_is_to_join_once(world: World) -> None:
    path = f"/api/rooms/{world.commons}/join"
    answers = await asyncio.gather(*[world.finn.asks("POST", path) for _ in range(3)])
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    [event] = (await world.ada.reads(world.commons)).events
    assert isinstance(event, MemberJoined)


async def test_who_leaves_a_public_room_reads_on_but_does_not_talk(world: World) -> None:
    ada, edda = world.ada, world.edda
    await ada.opens(world.commons)
    await edda.opens(world.commons)
    answer = await edda.asks("POST", f"/api/rooms/{world.commons}/leave")
    assert (answer.status_code, answer.content) == (204, b"")
    await ada.until(sees_leaving(edda))
    await ada.posts("She left.")
    await edda.until(sees("She left."))
    await edda.says(type="send_message", ref="late", content="One more thing.")
    await edda.until(sees_refusal("join_first", "late"))
    assert edda.id not in await members_of(ada, world.commons)
    assert (await rooms_of(edda))[world.commons] is None


async def test_to_leave_without_having_joined_is_refused_and_says_nothing(world: World) -> None:
    answer = await world.finn.asks("POST", f"/api/rooms/{world.commons}/leave")
    assert refused(answer).code == "join_first"
    assert (await world.ada.reads(world.commons)).events == []


async def test_a_lost_announcement_is_made_good_by_asking_again(world: World) -> None:
    """D1 changes behind the room's back, as when the room could not be reached."""
    ada, edda, finn = world.ada, world.edda, world.finn
    for window in (ada, edda, finn):
        await window.opens(world.commons)
    joins = (
        "INSERT INTO chat_members (room_id, user_id, role, joined_at) VALUES (?, ?, 'member', 7)"
    )
    assert world.platform.change(joins, world.commons, finn.id) == 1
    for _ in range(2):
        assert (await finn.asks("POST", f"/api/rooms/{world.commons}/join")).status_code == 200
    await ada.until(sees_joining(finn))
    await finn.posts("At last.")
    leaves = "DELETE FROM chat_members WHERE room_id = ? AND user_id = ?"
    assert world.platform.change(leaves, world.commons, edda.id) == 1
    await edda.posts("Still here.")
    answer = await edda.asks("POST", f"/api/rooms/{world.commons}/leave")
    assert refused(answer).code == "join_first"
    await edda.says(type="send_message", ref="late", content="One more thing.")
    await edda.until(sees_refusal("join_first", "late"))
    kinds = [event.type for event in (await ada.reads(world.commons)).events]
    assert kinds == ["member_joined", "message_posted", "message_posted"]


async def test_who_was_taken_out_of_a_private_room_is_shown_out_when_they_leave(
    world: World,
) -> None:
    ben = world.ben
    await ben.opens(world.board)
    sql = "DELETE FROM chat_members WHERE room_id = ? AND user_id = ?"
    assert world.platform.change(sql, world.board, ben.id) == 1
    answer = await ben.asks("POST", f"/api/rooms/{world.board}/leave")
    assert refused(answer).code == "room_not_found"
    assert await ben.until_closed() == CloseCode.NO_LONGER_ADMITTED
    assert (await world.ada.reads(world.board)).events == []


async def test_to_leave_twice_at_once_is_to_leave_once(world: World) -> None:
    path = f"/api/rooms/{world.commons}/leave"
    answers = await asyncio.gather(*[world.edda.asks("POST", path) for _ in range(3)])
    assert 204 in [answer.status_code for answer in answers]
    [event] = (await world.ada.reads(world.commons)).events
    assert isinstance(event, MemberLeft)
    for _ in range(2):
        assert (await world.edda.asks("POST", f"/api/rooms/{world.commons}/join")).is_success
        assert (await world.edda.asks("POST", path)).status_code == 204
    assert len((await world.ada.reads(world.commons)).events) == 5


async def test_who_leaves_a_private_room_is_shown_out(world: World) -> None:
    ada, ben, also_ben = world.ada, world.ben, world.window(world.ben)
    for window in (ada, ben, also_ben):
        await window.opens(world.board)
    assert (await ben.asks("POST", f"/api/rooms/{world.board}/leave")).status_code == 204
    assert await ben.until_closed() == CloseCode.NO_LONGER_ADMITTED
    assert await also_ben.until_closed() == CloseCode.NO_LONGER_ADMITTED
    left = await ada.until(sees_leaving(ben))
    assert isinstance(left, MemberLeft)
    await ada.posts("Alone now.")
    assert (await ben.is_turned_away(world.board)).code == "room_not_found"
    assert world.board not in await rooms_of(ben)


async def test_a_visitor_reads_a_public_room(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ada.posts("For everyone.")
    await world.finn.opens(world.commons)
    assert [event.seq for event in world.finn.log()] == [1]
    assert (await rooms_of(world.finn)) == {world.commons: None}


async def test_a_new_room_has_its_maker_as_admin(world: World) -> None:
    body = {"name": "Seeds", "visibility": "private"}
    answer = await world.edda.asks("POST", "/api/rooms", json=body)
    assert answer.status_code == 201
    room = answer.json()["id"]
    assert await members_of(world.edda, room) == {world.edda.id: "admin"}
    assert room not in await rooms_of(world.ada)
    await world.edda.opens(room)
    assert [type(event) for event in world.edda.log()] == [MemberJoined]
    await world.edda.posts("Mine alone.")
    for name in ("seeds", "SEEDS\u200b", "\uff33eeds", "\u202eSeeds\u202c"):
        again = await world.ben.asks("POST", "/api/rooms", json={"name": name})
        assert refused(again).code == "name_taken"


async def test_a_name_shows_nothing_that_cannot_be_seen(world: World) -> None:
    body = {"name": " Sun\x00\u202e on \t the\u200b roof", "description": "A\nB\u2066"}
    answer = await world.edda.asks("POST", "/api/rooms", json=body)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["name"], answer.json()["description"]) == ("Sun on the roof", "A B")
    nothing = await world.edda.asks("POST", "/api/rooms", json={"name": "\u200b\u202e"})
    assert refused(nothing).code == "bad_fields"


WAYS = [
    ("GET", "/api/rooms/{room}/messages", None),
    ("GET", "/api/rooms/{room}/members", None),
    ("POST", "/api/rooms/{room}/join", None),
    ("POST", "/api/rooms/{room}/leave", None),
    ("POST", "/api/rooms/{room}/catch-up", {}),
    ("POST", "/api/rooms/{room}/graphs", {"ref": "r1", "graph_id": "g1"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WAYS)
async def test_a_private_room_does_not_exist_for_others(
    world: World, method: str, path: str, body: dict[str, str] | None
) -> None:
    answer = await world.cleo.asks(method, path.format(room=world.board), json=body)
    problem = refused(answer)
    unknown = refused(await world.cleo.asks(method, path.format(room="no-such-room"), json=body))
    assert problem.code == "room_not_found"
    assert problem.model_copy(update={"request_id": ""}) == unknown.model_copy(
        update={"request_id": ""}
    )
    assert (await world.cleo.is_turned_away(world.board)).code == "room_not_found"


@pytest.mark.parametrize(("method", "path", "body"), WAYS)
async def test_no_room_of_ours_exists_for_dov(
    world: World, method: str, path: str, body: dict[str, str] | None
) -> None:
    await world.dov.signs_in()
    at_our_host = world.dov.visiting(world.here)
    for room in (world.commons, world.board):
        for dov, code in ((world.dov, "room_not_found"), (at_our_host, "not_signed_in")):
            answer = await dov.asks(method, path.format(room=room), json=body)
            assert refused(answer).code == code


async def test_dov_opens_no_room_of_ours_from_anywhere(world: World) -> None:
    await world.dov.opens(world.far_room)
    await world.dov.posts("At home I may.")
    for room in (world.commons, world.board):
        dov, dov_here = world.dov.at_another_window(), world.dov.visiting(world.here)
        assert (await dov.is_turned_away(room)).code == "room_not_found"
        assert (await dov_here.is_turned_away(room)).code == "not_signed_in"
    for path in ("/api/rooms", "/api/me"):
        assert refused(await world.dov.visiting(world.here).asks("GET", path)).status == 401


async def test_dov_makes_no_room_in_our_community(world: World) -> None:
    await world.dov.signs_in()
    body = {"name": "Trojan"}
    answer = await world.dov.visiting(world.here).asks("POST", "/api/rooms", json=body)
    assert refused(answer).code == "not_signed_in"
    assert (await world.dov.asks("POST", "/api/rooms", json=body)).status_code == 201


async def test_none_of_us_sees_what_is_elsewhere(world: World) -> None:
    await world.ada.signs_in()
    there = world.ada.visiting(world.elsewhere)
    for ada, code in ((world.ada, "room_not_found"), (there, "not_signed_in")):
        assert (await ada.is_turned_away(world.far_room)).code == code
