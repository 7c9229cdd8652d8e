"""Chapter "Reading fast enough": checkpoints, and what becomes of somebody who does not read."""

import json
import uuid

from websockets.exceptions import ConnectionClosed

from tests.conformance import document
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.past import fill
from tests.conformance.room_socket import Event, RoomSocket
from tests.conformance.witness import covers

MIB = document.number("CHECKPOINT_BYTES")
LAST = document.number("CHECKPOINTS_UNREAD")
LONG = 8_500  # bytes of a long message in a page
SLACK = 2_048  # small frames between a count and its checkpoint


async def full_room(square: Community) -> tuple[Community, RoomSocket]:
    """A room of long messages that bears many questions, and Ada's socket to it."""
    settings = {"visibility": "public", "pace": {"burst": 1000, "per_second": 100}}
    rooms = [{"name": "quay", "settings": settings, "members": ["ada", "ben"]}]
    place = await found(square.front.http, {"ada": "owner", "ben": "member"}, rooms)
    ada = await place.client("ada")
    await fill(ada, place, "quay", 110, "x" * document.number("CONTENT_LENGTH"))
    socket = await ada.opens(place.rooms["quay"])
    socket.answers_checkpoints = False
    return place, socket


async def next_checkpoint(socket: RoomSocket, limit: int = 20) -> Event:
    """Ask for pages until a checkpoint comes; the checkpoint."""
    while True:
        ref = str(uuid.uuid4())
        await socket.sends("load_history", ref=ref, limit=limit)
        heard = await socket.heard_until("history_loaded", ref=ref)
        heard += await socket.pings()
        if told := [event for event in heard if event["type"] == "checkpoint"]:
            assert len(told) == 1
            return told[0]


async def read_until_closed(socket: RoomSocket, limit: int) -> tuple[int | None, str]:
    """Ask for pages and answer no checkpoint, until the server closes; how it did."""
    try:
        while True:
            await socket.history(limit=limit)
    except ConnectionClosed:
        return await socket.closed()


async def unread(socket: RoomSocket, count: int) -> list[Event]:
    """So many checkpoints, none of them answered."""
    return [await next_checkpoint(socket, 100) for _ in range(count)]


@covers("event checkpoint", "number CHECKPOINT_BYTES")
async def test_a_checkpoint_comes_after_each_mebibyte(square: Community) -> None:
    """Each comes within the page that fills its MiB, neither before nor after it."""
    _, socket = await full_room(square)
    numbers, before = [], 0
    for _ in range(3):
        numbers.append((await next_checkpoint(socket, 10))["number"])
        sent, before = socket.sent_bytes - before, socket.sent_bytes
        assert MIB - SLACK <= sent < MIB + 10 * LONG + SLACK
    assert len(set(numbers)) == 3


@covers("close 4010", "number CHECKPOINTS_UNREAD")
async def test_who_answers_none_of_seven_is_closed_at_the_eighth(square: Community) -> None:
    place, socket = await full_room(square)
    ben = await (await place.client("ben")).opens(place.rooms["quay"])
    for _ in range(LAST - 1):
        await next_checkpoint(socket, 10)
    assert await read_until_closed(socket, 10) == (4010, "slow_reader")
    assert LAST * MIB - SLACK < socket.sent_bytes < LAST * (MIB + 10 * LONG) + SLACK
    assert (await ben.says("Nobody else waits.", ref="b"))["ref"] == "b"
    back = await (await place.client("ada")).opens(place.rooms["quay"], 110)
    assert back.welcome["resumed"] is True and len(back.page["events"]) == 1
    assert await back.pings() == [], "the count begins anew"


async def test_about_8_mib_wait_however_large_the_frames(square: Community) -> None:
    """Of pages of nearly a MiB too, only the one in hand may come on top."""
    _, socket = await full_room(square)
    assert await read_until_closed(socket, 200) == (4010, "slow_reader")
    assert socket.sent_bytes < (LAST + 1) * MIB


@covers("command reach_checkpoint")
async def test_an_answer_stands_for_all_before_it(square: Community) -> None:
    """Seven, the last answered; seven more, and the socket is open."""
    _, socket = await full_room(square)
    told = await unread(socket, LAST - 1)
    await socket.sends("reach_checkpoint", number=told[-1]["number"])
    more = await unread(socket, LAST - 1)
    assert more[0]["number"] not in [event["number"] for event in told]
    await socket.sends("reach_checkpoint", number=more[0]["number"])
    await unread(socket, 1)
    assert await socket.pings() == []


async def test_a_number_that_was_not_told_is_passed_over_in_silence(square: Community) -> None:
    _, socket = await full_room(square)
    told = await unread(socket, LAST - 1)
    for number in (told[-1]["number"] + 1, *range(1, LAST + 1)):
        await socket.sends("reach_checkpoint", number=number)
    assert await socket.pings() == []
    assert (await read_until_closed(socket, 100))[0] == 4010


async def test_a_client_that_answers_stays(square: Community) -> None:
    _, socket = await full_room(square)
    socket.answers_checkpoints = True
    while socket.sent_bytes < (LAST + 2) * MIB:
        await socket.history(limit=100)
    assert (await socket.says("Still here."))["seq"] == 111


@covers("refusal too_fast")
async def test_an_answer_costs_a_quarter_of_a_token(square: Community) -> None:
    settings = {"visibility": "public", "pace": {"burst": 1, "per_second": 0.02}}
    rooms = [{"name": "quay", "settings": settings, "members": ["ada"]}]
    place = await found(square.front.http, {"ada": "owner"}, rooms)
    ada: Client = await place.client("ada")
    socket = await ada.opens(place.rooms["quay"])
    for index in range(5):
        command = {"type": "reach_checkpoint", "number": 1, "ref": f"r-{index}"}
        await socket.line.send(json.dumps(command))
    refused = await socket.until("refused")
    assert (refused["code"], refused["ref"]) == ("too_fast", "r-4")
