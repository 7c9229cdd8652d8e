"""Chapter "Limits and pace": how much, how fast, and what happens beyond it."""

import json
from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.room_socket import RoomSocket
from tests.conformance.witness import covers

SLOWLY = 0.02
TEXT = {"type": "send_message", "ref": "r", "content": "x"}


async def slow_room(square: Community, burst: int, per_second: float = SLOWLY) -> Community:
    """A community whose room `quay` has this pace, Ada and Ben in it."""
    settings = {"visibility": "public", "pace": {"burst": burst, "per_second": per_second}}
    rooms = [{"name": "quay", "settings": settings, "members": ["ada", "ben"]}]
    return await found(square.front.http, {"ada": "owner", "ben": "member"}, rooms)


async def fresh(square: Community) -> RoomSocket:
    """Ada's socket to a room that she has just made: its buckets are full."""
    ada = await square.client("ada")
    return await ada.opens((await ada.makes_room())["id"])


async def ada_in(place: Community) -> tuple[Client, RoomSocket]:
    ada = await place.client("ada")
    return ada, await ada.opens(place.rooms["quay"])


@covers("number CONTENT_LENGTH", "limit SendMessage.content 8000", "limit Limits and pace 8000")
@covers("refusal too_long")
@pytest.mark.parametrize("sign", ["x", "é", "🌊"])
async def test_a_message_has_at_most_8000_characters(square: Community, sign: str) -> None:
    socket = await fresh(square)
    most = document.number("CONTENT_LENGTH")
    posted = await socket.says(sign * most)
    assert posted["message"]["content"] == sign * most
    beyond = await socket.is_refused("too_long", TEXT | {"content": sign * (most + 1)})
    assert beyond["retry_after_ms"] is None


async def test_characters_are_counted_after_cleaning(square: Community) -> None:
    socket = await fresh(square)
    most = document.number("CONTENT_LENGTH")
    half = "x" * (most // 2 - 1)
    posted = await socket.says(f"  \x00{half}\r\n{half}y\x07 \n\t")
    assert posted["message"]["content"] == f"{half}\n{half}y"
    assert (await socket.says(" \n" + "x" * most + "\r\n "))["message"]["content"] == "x" * most


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\x00\x08\x1b\x7fb", "ab"),
        pytest.param("a\x80\x85\x9fb", "ab", id="upper-control-characters"),
        (" \t\na b\n ", "a b"),
        ("\u00a0\u3000a\u2003", "a"),
    ],
)
async def test_text_is_cleaned(square: Community, written: str, cleaned: str) -> None:
    socket = await fresh(square)
    assert (await socket.says(written))["message"]["content"] == cleaned


@pytest.mark.parametrize("nothing", ["", " ", "\n\t\r\n", "\x00\x01", "\u2003"])
@covers("refusal empty_message")
async def test_nothing_left_is_an_empty_message(square: Community, nothing: str) -> None:
    socket = await fresh(square)
    await socket.is_refused("empty_message", TEXT | {"content": nothing})


@pytest.mark.parametrize("sign", ["x", "é"])
@covers("number FRAME_BYTES", "refusal frame_too_large", "limit Limits and pace 65536")
async def test_a_frame_has_at_most_65536_bytes(square: Community, sign: str) -> None:
    """A text of the edge is refused as a text only: the frame was read."""
    socket = await fresh(square)
    most = document.number("FRAME_BYTES")
    bare = len(json.dumps(TEXT | {"content": ""}))
    count, odd = divmod(most - bare, len(sign.encode()))
    frame = json.dumps(TEXT | {"content": sign * count + "x" * odd}, ensure_ascii=False)
    assert len(frame.encode()) == most
    assert (await socket.is_refused("too_long", frame))["ref"] == "r"
    await socket.is_refused("frame_too_large", frame + " ")
    await socket.says("Still open.")


async def test_a_bucket_has_so_many_tokens(square: Community) -> None:
    """An empty one refuses, says when to come again, and keeps to it."""
    place = await slow_room(square, 5, 2)
    _, socket = await ada_in(place)
    assert socket.welcome["limits"]["burst"] == 5
    assert socket.welcome["limits"]["per_second"] == 2
    for index in range(6):
        await socket.sends("send_message", ref=f"r-{index}", content="x")
    refused = await socket.until("refused", ref="r-5")
    assert refused["code"] == "too_fast" and 0 < refused["retry_after_ms"] <= 500
    while socket.last_seq < 5:
        await socket.next()


@covers("refusal too_fast", "limit Limits and pace 120")
async def test_a_full_bucket_has_120_tokens(square: Community) -> None:
    """The real pace fills while we pour: at least 120 pass at once, and 300 never do."""
    socket = await fresh(square)
    for index in range(300):
        await socket.sends("load_history", ref=f"r-{index}", limit=1)
    passed = 0
    while (event := await socket.next())["type"] != "refused":
        passed += event["type"] == "history_loaded"
    assert event["code"] == "too_fast" and event["ref"] == f"r-{passed}"
    assert 120 <= passed < 220


@covers("limit Limits and pace 20")
async def test_retry_after_is_when_a_token_is_back(square: Community) -> None:
    place = await slow_room(square, 1, 20)
    _, socket = await ada_in(place)
    for index in range(2):
        await socket.sends("send_message", ref=f"r-{index}", content="x")
    refused = await socket.until("refused")
    assert 0 < refused["retry_after_ms"] <= 1000 / 20


async def test_the_same_command_works_after_retry_after_ms(square: Community) -> None:
    place = await slow_room(square, 1, 5)
    _, socket = await ada_in(place)
    await socket.says("One.")
    command = TEXT | {"ref": "two", "content": "Two."}
    refused = await socket.is_refused("too_fast", command)
    with pytest.raises(TimeoutError):
        await socket.until("pong", within=refused["retry_after_ms"] / 1000 + 0.02)
    assert (await socket.says("Two.", ref="two"))["seq"] == 2


@pytest.mark.parametrize(
    ("frame", "cost"),
    [
        (TEXT, 1.0),
        ({"type": "load_history", "ref": "r"}, 1.0),
        ({"type": "set_typing", "typing": True, "ref": "r"}, 0.25),
        ("no json", 1.0),
        (b"no text", 1.0),
        ('{"type": "no command"}', 1.0),
    ],
)
async def test_each_command_has_its_cost(square: Community, frame: Any, cost: float) -> None:
    place = await slow_room(square, 2)
    _, socket = await ada_in(place)
    for index in range(int(2 / cost) + 1):
        sent = frame | {"ref": f"r-{index}"} if isinstance(frame, dict) else frame
        await socket.line.send(json.dumps(sent) if isinstance(sent, dict) else sent)
    refusals = [await socket.until("refused")]
    while refusals[-1]["code"] != "too_fast":
        refusals.append(await socket.until("refused"))
    assert refusals[-1]["retry_after_ms"] > 0
    if refusals[1:]:
        assert len(refusals) == 3, "each of the two was refused for what it is"
    else:
        assert refusals[0]["ref"] == f"r-{int(2 / cost)}"


async def test_a_bucket_is_a_person_s_not_a_socket_s(square: Community) -> None:
    place = await slow_room(square, 2)
    ada, socket = await ada_in(place)
    second = await ada.opens(place.rooms["quay"])
    await socket.says("One.")
    await second.says("Two.")
    await socket.is_refused("too_fast", TEXT)
    ben = await (await place.client("ben")).opens(place.rooms["quay"])
    await ben.says("Mine is full.")


@covers("close 4008", "number FLOOD_AFTER", "limit Limits and pace 200")
async def test_two_hundred_refusals_close_the_socket(square: Community) -> None:
    place = await slow_room(square, 1)
    ada, socket = await ada_in(place)
    await socket.says("The one token.")
    most = document.number("FLOOD_AFTER")
    for _ in range(most - 1):
        await socket.line.send(json.dumps(TEXT))
    for _ in range(most - 1):
        await socket.until("refused", code="too_fast")
    assert await socket.pings() == [], "and the socket is open"
    await socket.line.send(json.dumps(TEXT))
    assert await socket.closed() == (4008, "flood")
    again = await ada.opens(place.rooms["quay"], 1)
    assert again.welcome["resumed"] is True
    await again.is_refused("too_fast", TEXT)
    assert await again.pings() == [], "the count begins anew"


async def test_a_command_that_passes_takes_one_from_the_count(square: Community) -> None:
    """With the five that pass in between, five refusals more are borne."""
    place = await slow_room(square, 5, 10)
    _, socket = await ada_in(place)
    most = document.number("FLOOD_AFTER")
    refused = passed = 0
    while refused - passed < most - 1:
        await socket.line.send(json.dumps(TEXT))
        while (event := await socket.next())["type"] not in ("refused", "message_posted"):
            pass
        refused += event["type"] == "refused"
        passed += event["type"] == "message_posted" and refused > 0
    assert passed > 0 and refused >= most, (passed, refused)
