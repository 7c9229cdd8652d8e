"""Chapter "Commands" and the refusals of a frame: every field of every command, right and wrong."""

import json
from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.founding import Community
from tests.conformance.room_socket import RoomSocket
from tests.conformance.witness import covers

RIGHT: dict[str, dict[str, Any]] = {
    kind: document.example(shape) | {"ref": "r"} for kind, shape in document.COMMANDS.items()
}
FIELDS = [
    (kind, field)
    for kind, shape in document.COMMANDS.items()
    for field in document.SHAPES[shape]
    if field.name != "type"
]
WRONG: dict[str, list[Any]] = {
    "string": [None, 1, True, ["a"], {}],
    "integer": [None, "1", 1.5, 1.0, True, []],
    "integer or null": ["1", 1.5, True, []],
    "string or null": [1, True, []],
    "boolean": [None, 0, 1, "true"],
}
DEEP, TOO_DEEP = 150, 300


@pytest.fixture
async def socket(square: Community) -> RoomSocket:
    """Ada's, in a room that she has just made for this test: its log holds that, and no more."""
    ada = await square.client("ada")
    return await ada.opens((await ada.makes_room())["id"])


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda each: getattr(each, "name", each))
@covers("refusal bad_fields")
async def test_a_field_of_another_kind_is_refused(
    socket: RoomSocket, kind: str, field: document.Field
) -> None:
    for wrong in WRONG[field.kind]:
        refused = await socket.is_refused("bad_fields", RIGHT[kind] | {field.name: wrong})
        assert field.name in refused["detail"] and refused["retry_after_ms"] is None
    if not field.has_default:
        without = {name: value for name, value in RIGHT[kind].items() if name != field.name}
        refused = await socket.is_refused("bad_fields", without)
        assert refused["ref"] == without.get("ref")


@pytest.mark.parametrize("kind", RIGHT)
async def test_a_field_that_no_command_has_is_refused(socket: RoomSocket, kind: str) -> None:
    refused = await socket.is_refused("bad_fields", RIGHT[kind] | {"surprise": 1})
    assert refused["ref"] == "r"


@pytest.mark.parametrize("kind", ["send_message", "load_history"])
async def test_a_ref_is_1_to_64_of_the_same_signs(socket: RoomSocket, kind: str) -> None:
    for right in ("a", "0", "a" * 64, "A_b-9", "-a", "_"):
        await socket.line.send(json.dumps(RIGHT[kind] | {"ref": right}))
        event = await socket.next()
        while event["type"] not in ("message_posted", "history_loaded"):
            assert event["type"] != "refused", event
            event = await socket.next()
        assert event["ref"] == right
    for wrong in ("", "a" * 65, "a b", "a.b", "é", "a\n"):
        await socket.is_refused("bad_fields", RIGHT[kind] | {"ref": wrong})


async def test_a_command_may_leave_out_what_has_a_default(socket: RoomSocket) -> None:
    await socket.line.send('{"type": "load_history", "ref": "bare"}')
    assert (await socket.until("history_loaded"))["ref"] == "bare"
    page = await socket.history(before=None, after=None)
    assert [event["type"] for event in page["events"]] == ["member_joined"]


async def test_the_order_of_fields_and_white_space_mean_nothing(socket: RoomSocket) -> None:
    await socket.line.send('\n{ "content" :"Hi",  "ref":"x" ,"type" : "send_message" }\t')
    assert (await socket.until("message_posted"))["ref"] == "x"


@covers("refusal unknown_type")
async def test_a_type_that_names_no_command_is_refused(socket: RoomSocket) -> None:
    kinds: list[Any] = ["nonsense", "ping", "message_posted", "SEND_MESSAGE", "", 5, None, [], {}]
    for kind in kinds:
        refused = await socket.is_refused("unknown_type", {"type": kind, "ref": "r"})
        assert refused["ref"] == "r"
    assert (await socket.is_refused("unknown_type", {"ref": "r"}))["ref"] == "r"
    assert (await socket.is_refused("unknown_type", {}))["ref"] is None


@pytest.mark.parametrize("frame", ["", " ", "hello", "{", '{"type":', "{'type': 'ping'}", "[1,]"])
@covers("refusal not_json")
async def test_what_is_no_json_is_refused(socket: RoomSocket, frame: str) -> None:
    assert (await socket.is_refused("not_json", frame))["ref"] is None
    await socket.says("Still open.")


@pytest.mark.parametrize("sign", ["NaN", "Infinity", "-Infinity"])
async def test_numbers_that_json_does_not_know_fit_no_field(socket: RoomSocket, sign: str) -> None:
    frame = f'{{"type": "load_history", "ref": "r", "limit": {sign}}}'
    await socket.is_refused("bad_fields", frame)


@pytest.mark.parametrize("around", ["{}", '{{"type": "send_message", "ref": "r", "content": {}}}'])
async def test_json_that_is_nested_too_deep_is_no_json(socket: RoomSocket, around: str) -> None:
    deep, too_deep = ("[" * depth + "]" * depth for depth in (DEEP, TOO_DEEP))
    await socket.is_refused("bad_fields", around.format(deep))
    await socket.is_refused("not_json", around.format(too_deep))
    await socket.is_refused("not_json", around.format("[" * 20_000 + "]" * 20_000))


@pytest.mark.parametrize("frame", [b"", b"\x00\xff", b'{"type":"ping"}'])
@covers("refusal not_text")
async def test_a_binary_frame_is_refused(socket: RoomSocket, frame: bytes) -> None:
    assert (await socket.is_refused("not_text", frame))["ref"] is None
    await socket.says("Still open.")


@covers("event refused")
async def test_what_is_refused_changes_nothing_and_is_said_to_one_alone(
    square: Community, socket: RoomSocket
) -> None:
    ben = await (await square.client("ben")).opens(socket.room_id)
    await socket.is_refused("empty_message", RIGHT["send_message"] | {"content": " "})
    await socket.says("End.", ref="end")
    heard = await ben.heard_until("message_posted", ref="end")
    assert "refused" not in [event["type"] for event in heard]
    assert heard[-1]["seq"] == 2
