"""Reading a client's frame: a command, or the one refusal that helps."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import tell
from schema.commands import read_command, ref_of
from schema.refusals import Refused
from schema.wire import (
    FRAME_BYTES,
    PING,
    PONG,
    LoadHistory,
    ReachCheckpoint,
    SendMessage,
    ServerFrame,
    SetTyping,
)

GOOD = {"type": "send_message", "ref": "r1", "content": "hi"}


def code(text: object) -> str:
    with pytest.raises(Refused) as no:
        read_command(text)
    return no.value.code


def test_each_command_is_read() -> None:
    assert read_command(json.dumps(GOOD)) == SendMessage(ref="r1", content="hi")
    assert read_command('{"type":"set_typing","typing":true}') == SetTyping(typing=True)
    assert read_command('{"type":"reach_checkpoint","number":3}') == ReachCheckpoint(number=3)
    history = '{"type":"load_history","ref":"h","before":9}'
    assert read_command(history) == LoadHistory(ref="h", before=9)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type": "send_mesage"}, "unknown_type"),
        ({"type": None}, "unknown_type"),
        ({"ref": ""}, "bad_fields"),
        ({"ref": "a" * 65}, "bad_fields"),
        ({"ref": "no spaces"}, "bad_fields"),
        ({"ref": 7}, "bad_fields"),
        ({"type": "load_history", "before": 2**53}, "bad_fields"),
        ({"type": "load_history", "before": "9"}, "bad_fields"),
        ({"content": None}, "bad_fields"),
        ({"content": ["hi"]}, "bad_fields"),
        ({"author": "ben"}, "bad_fields"),
        ({"message_type": "graph"}, "bad_fields"),
    ],
)
def test_one_wrong_field_is_named_by_its_code(change: dict[str, object], expected: str) -> None:
    assert code(json.dumps({**GOOD, **change})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "not_json"),
        ("hello", "not_json"),
        ('{"type":"send_message"', "not_json"),
        ('{"type":"send_message","ref":"r","content":"\\ud800"}', "not_json"),
        ("[" * 30_000, "not_json"),
        ('{"type":"set_typing","typing":1}', "bad_fields"),
        ('{"type":"set_typing","typing":"yes"}', "bad_fields"),
        ("[]", "bad_fields"),
        ("17", "bad_fields"),
        ("null", "bad_fields"),
        ("{}", "unknown_type"),
        (b"{}", "not_text"),
        (None, "not_text"),
        (json.dumps({**GOOD, "content": "a" * FRAME_BYTES}), "frame_too_large"),
        (json.dumps({**GOOD, "content": "þ" * 40_000}, ensure_ascii=False), "frame_too_large"),
    ],
)
def test_what_is_no_command_is_refused(text: object, expected: str) -> None:
    assert code(text) == expected


@pytest.mark.parametrize("bomb", ["[" * 60_000, "[" * 30_000 + "]" * 30_000, '{"a":' * 12_000])
def test_a_bomb_of_brackets_has_no_ref_and_is_not_followed_down(bomb: str) -> None:
    assert ref_of('{"ref":"r1","content":[[1]]}') == "r1"
    assert ref_of(bomb) is None
    assert ref_of(f'{{"ref":"r1","content":{bomb}}}') is None


def test_the_reason_names_the_field() -> None:
    with pytest.raises(Refused) as no:
        read_command('{"type":"load_history","ref":"h","limit":9000}')
    assert "limit" in no.value.detail


@given(st.text() | st.binary() | st.none())
def test_anything_is_a_command_or_a_refusal_with_a_readable_frame(anything: object) -> None:
    try:
        read_command(anything)
    except Refused as no:
        frame = tell.frame([tell.refused(no, ref_of(anything))])
        [event] = ServerFrame.model_validate_json(frame).events
        assert event.type == "refused"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
names = st.sampled_from(["type", "ref", "content", "before", "after", "limit", "typing"])
kinds = st.sampled_from(["send_message", "load_history", "set_typing"])


@given(st.dictionaries(names, json_values | kinds))
def test_almost_commands_are_read_or_refused(fields: dict[str, object]) -> None:
    text = json.dumps(fields)
    try:
        read = read_command(text)
    except Refused as no:
        outcome: str = no.code
    else:
        outcome = read.type
    assert outcome in (fields.get("type"), "unknown_type", "bad_fields", "not_json")
    assert ref_of(text) is None or ref_of(text) == fields["ref"]


def test_ping_and_pong_are_frames_as_documented() -> None:
    assert json.loads(PING) == {"type": "ping"}
    [pong] = ServerFrame.model_validate_json(PONG).events
    assert pong.type == "pong"
