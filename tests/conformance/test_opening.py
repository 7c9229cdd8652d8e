"""Chapters "Opening" and "The first frame": what stands before a socket, and how it begins."""

from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client, TurnedAway
from tests.conformance.founding import Community
from tests.conformance.past import fill
from tests.conformance.witness import covers


async def turned_away(client: Client, room_id: str, after: str | None = None, **how: Any) -> str:
    """The code with which the door refuses."""
    with pytest.raises(TurnedAway) as refusal:
        await client.opens(room_id, after, **how)
    assert refusal.value.status == document.door_refusals()[refusal.value.code]
    return str(refusal.value.code)


@covers("answer GET /api/rooms/{room_id}/socket refuses not_signed_in")
@covers("answer GET /api/rooms/{room_id}/socket refuses community_not_found")
@covers("answer GET /api/rooms/{room_id}/socket refuses room_not_found")
async def test_the_door_says_why_not(town: Community) -> None:
    ada, quay = await town.client("ada"), town.rooms["quay"]
    assert await turned_away(town.front, quay) == "not_signed_in"
    lost = Client(ada.http, f"chat.no-{town.mark}.localhost", ada.cookie, ada.me)
    assert await turned_away(lost, quay) == "community_not_found"
    assert await turned_away(ada, f"no-{town.mark}") == "room_not_found"
    cleo = await town.client("cleo")
    assert await turned_away(cleo, town.rooms["cabin"]) == "room_not_found"


@covers("answer GET /api/rooms/{room_id}/socket refuses wrong_origin")
async def test_an_origin_must_be_that_of_the_request(town: Community) -> None:
    ada, quay = await town.client("ada"), town.rooms["quay"]
    for wrong in ("http://evil.example", f"http://{town.front.domain}", "null"):
        assert await turned_away(ada, quay, origin=wrong) == "wrong_origin"
    await ada.opens(quay, origin=f"http://{ada.host}")


@pytest.mark.parametrize("after", ["abc", "-1", "1.5", "%201", "1" * 16, "0x1", "%D9%A3"])
@covers("answer GET /api/rooms/{room_id}/socket refuses bad_fields", "limit Opening 15")
async def test_after_is_a_whole_number_of_at_most_15_digits(town: Community, after: str) -> None:
    ada = await town.client("ada")
    assert await turned_away(ada, town.rooms["quay"], after) == "bad_fields"
    far = await ada.opens(town.rooms["quay"], int("1" * 15))
    assert far.too_far is not None


async def test_an_empty_after_is_no_number(town: Community) -> None:
    ada = await town.client("ada")
    assert await turned_away(ada, town.rooms["quay"], "") == "bad_fields"


async def test_a_request_that_is_no_upgrade_is_refused(town: Community) -> None:
    ada = await town.client("ada")
    path = f"/api/rooms/{town.rooms['quay']}/socket"
    refused(await ada.asks("GET", path), "bad_fields")


async def test_the_history_route_refuses_for_the_same_reason(town: Community) -> None:
    cleo = await town.client("cleo")
    path = f"/api/rooms/{town.rooms['cabin']}/messages"
    answer = await cleo.asks("GET", path, params={"limit": 1})
    assert answer.json()["code"] == await turned_away(cleo, town.rooms["cabin"])


@covers("event welcome", "event history_loaded")
async def test_an_empty_room_says_welcome_and_an_empty_page(town: Community) -> None:
    ada = await town.client("ada")
    socket = await ada.opens(town.rooms["quay"])
    assert socket.welcome["head_seq"] == 0 and socket.welcome["resumed"] is False
    assert socket.welcome["room"] == {
        "id": town.rooms["quay"],
        "name": "quay",
        "description": "",
        "community_id": f"c-{town.mark}",
    }
    assert socket.welcome["present"] == [ada.person]
    assert socket.page["has_before"] is socket.page["has_after"] is False
    assert socket.welcome["you"]["role"] == "member"
    await socket.close()
    again = await ada.opens(town.rooms["quay"], 0)
    assert again.welcome["resumed"] is True and again.page["events"] == []


async def test_welcome_names_what_this_room_allows(town: Community) -> None:
    ada = await town.client("ada")
    socket = await ada.opens(town.rooms["quay"])
    assert socket.welcome["limits"] == {
        "content_length": document.number("CONTENT_LENGTH"),
        "frame_bytes": document.number("FRAME_BYTES"),
        "burst": 120,
        "per_second": 20,
    }


@covers("number PAGE", "limit The first frame 50")
async def test_without_after_the_latest_fifty_come(town: Community) -> None:
    ada, page = await town.client("ada"), document.number("PAGE")
    await fill(ada, town, "quay", page)
    socket = await ada.opens(town.rooms["quay"])
    assert len(socket.page["events"]) == page and socket.page["has_before"] is False
    await socket.says("One more.")
    await socket.close()
    later = await ada.opens(town.rooms["quay"])
    assert len(later.page["events"]) == page and later.page["has_before"] is True


async def test_a_command_sent_at_once_is_answered_after_the_first_frame(town: Community) -> None:
    """`begins` has held the first frame to its order; the pong and the answer came behind it."""
    ada = await town.client("ada")
    socket = await ada.opens(town.rooms["quay"], early=(document.NUMBERS["PING"],))
    await socket.until("pong")


async def test_a_visitor_is_told_what_they_may(town: Community) -> None:
    cleo = await town.client("cleo")
    socket = await cleo.opens(town.rooms["quay"])
    you = socket.welcome["you"]
    assert you["role"] == "visitor"
    table = document.permissions()
    column = "visitor"
    allowed = {verb for verb, where in table if where == column and table[verb, where] == "yes"}
    assert set(you["may"]) == allowed


@covers("close 4009", "number SOCKETS_EACH")
async def test_the_oldest_of_too_many_sockets_gives_way(town: Community) -> None:
    ben, quay = await town.client("ben"), town.rooms["quay"]
    other = await (await town.client("ada")).opens(quay)
    sockets = [await ben.opens(quay) for _ in range(document.number("SOCKETS_EACH"))]
    assert (await sockets[0].says("All of them are open."))["seq"] == 1
    newest = await ben.opens(quay)
    assert await sockets[0].closed() == (4009, "too_many_sockets")
    assert (await sockets[1].says("The others stay."))["seq"] == 2
    assert (await newest.says("So does the newest."))["seq"] == 3
    assert (await other.says("Nobody else minds."))["seq"] == 4
