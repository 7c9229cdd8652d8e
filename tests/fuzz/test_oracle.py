"""The oracle and the platform's own reader agree, and each answer has a frame that gets it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.posting import clean
from schema.commands import read_command, ref_of
from schema.refusals import Refused
from schema.wire import FRAME_BYTES, PING, LoadHistory, ReachCheckpoint, SendMessage, SetTyping
from tests.fuzz.frames import Frame, text
from tests.fuzz.kin import BATCHES, Kin, cases
from tests.fuzz.oracle import Answer, No, Paged, Ponged, Posted, Silent, expected, no
from tests.raw_socket import BINARY, TEXT

POST = {"type": "send_message", "ref": "r1", "content": "Hi."}


def refusal(code: str, ref: str | None) -> No:
    return No(frozenset({code}), frozenset({ref}))  # type: ignore[arg-type]


def said(content: str) -> Frame:
    return text(json.dumps({**POST, "content": content}))


KNOWN: dict[str, tuple[Frame, Answer]] = {
    "a post": (text(json.dumps(POST)), Posted("r1", "Hi.")),
    "a post to clean": (
        text(json.dumps({**POST, "content": " a\r\nb\x00 "})),
        Posted("r1", "a\nb"),
    ),
    "a page": (
        text('{"type":"load_history","ref":"h","before":9}'),
        Paged("h", before=9, after=None, limit=50),
    ),
    "typing": (text('{"type":"set_typing","typing":true}'), Silent(None)),
    "a checkpoint": (text('{"type":"reach_checkpoint","number":1}'), Silent(None)),
    "a ping": (text(PING), Ponged()),
    "almost a ping": (text(PING + " "), refusal("unknown_type", None)),
    "a binary frame": (Frame(BINARY, json.dumps(POST).encode()), no("not_text")),
    "no UTF-8": (Frame(TEXT, b'"\xff"'), refusal("bad_fields", None)),
    "too large": (text(" " * (FRAME_BYTES + 1)), no("frame_too_large")),
    "just not too large": (text(" " * FRAME_BYTES), no("not_json")),
    "the last of two refs": (text('{"ref":"a","ref":"b"}'), refusal("unknown_type", "b")),
    "half a character": (said("\ud800"), no("not_json")),
    "nothing to say": (
        said("\x00"),
        refusal("empty_message", "r1"),
    ),
    "too much to say": (
        said("a" * 8_001),
        refusal("too_long", "r1"),
    ),
    "a number as text": (
        text('{"type":"load_history","ref":"h","before":"9"}'),
        refusal("bad_fields", "h"),
    ),
}


@pytest.mark.parametrize(("frame", "answer"), KNOWN.values(), ids=KNOWN)
def test_the_oracle_knows_what_the_protocol_says(frame: Frame, answer: Answer) -> None:
    assert expected(frame) == answer


def test_who_may_only_read_is_asked_to_join() -> None:
    assert expected(text(json.dumps(POST)), may_post=False) == refusal("join_first", "r1")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(BATCHES, st.integers(0, 9_999))
def test_the_oracle_agrees_with_the_reader(batch: list[Kin | Frame], salt: int) -> None:
    for frame in cases(batch, str(salt)):
        check(frame)


def check(frame: Frame) -> None:
    """What the reader makes of a frame is what the oracle expects of a room."""
    answer = expected(frame)
    if isinstance(answer, Ponged):
        return
    words = frame.payload.decode("utf-8", "replace") if frame.opcode == TEXT else frame.payload
    code, made = by_the_reader(words)
    if isinstance(answer, No):
        assert code in answer.codes, (frame, answer, made)
        assert ref_of(words) in answer.refs, frame
    else:
        assert made == answer, (frame, code)


def by_the_reader(words: str | bytes) -> tuple[str | None, Answer | None]:
    """The code with which the product refuses a frame, or else what it makes of it."""
    try:
        command = read_command(words)
    except Refused as refused:
        return refused.code, None
    match command:
        case SendMessage(ref=ref, content=content):
            said = clean(content)
            code = "empty_message" if not said else "too_long" if len(said) > 8_000 else None
            return code, Posted(ref, said)
        case LoadHistory():
            which = command.before, command.after, command.limit
            return None, Paged(command.ref, *which)
        case SetTyping() | ReachCheckpoint():
            return None, Silent(command.ref)
