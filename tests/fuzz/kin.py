"""What becomes of commands on a bad line or at a bad client: cases by the dozen.

One drawn command gives a family of cases, since a million are wanted: hypothesis draws a thousand
commands a second, many of them twice.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from schema.wire import FRAME_BYTES, PING
from tests.fuzz.frames import (
    BAD_REFS,
    COMMANDS,
    EVEN,
    HUGE,
    JUNK,
    LONG,
    POSTS,
    REFS,
    Frame,
    minted,
    text,
)
from tests.raw_socket import BINARY, TEXT

RECORDED = sorted((Path(__file__).parents[1] / "frames").glob("*.json"))
FIELDS = ["type", "ref", "content", "before", "after", "limit", "typing", "number"]
STRANGE = ["Type", "author", "metadata", "message_type", "admin", "", "__proto__", "room_id", "é"]
TYPES = [
    "send_message",
    "load_history",
    "set_typing",
    "reach_checkpoint",
    "send_mesage",
    "ping",
    "message_posted",
]


def with_field(command: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    return {**command, name: value}


def without_field(command: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in command.items() if key != name}


def written(command: Any, style: int) -> str:
    """A command as text: with escapes or letters, tight or wide."""
    if style == 2:
        return json.dumps(command, indent=style)
    return json.dumps(command, ensure_ascii=bool(style), separators=(",", ":"))


STYLES = st.sampled_from([0, 1, 2])


def doubled(command: str, name: str, value: Any) -> str:
    """The same key once more, behind the others."""
    return f"{command.rstrip()[:-1]},{json.dumps(name)}:{json.dumps(value)}}}"


def nested(depth: int, opening: str, closed: bool, around: str) -> str:
    """Brackets in brackets, alone or as a field of a command."""
    bomb = opening * depth + (("]" if opening == "[" else "0" + "}") * depth if closed else "")
    return around.replace("?", bomb)


AROUND = ["?", '{"ref":?', '{"type":"send_message","ref":"deep","content":?}', '{"a":?,"ref":"d"}']
DEEP = st.builds(
    nested,
    st.sampled_from([1, 5, 50, 190, 199, 200, 201, 210, 2_000, 6_000]),
    st.sampled_from(["[", '{"a":']),
    st.booleans(),
    st.sampled_from(AROUND),
)
TOKENS = ["NaN", "-Infinity", "01", "1e999", "[", "{", "}", '"', "\\", ",", ":", "null", "\\ud800"]
TOKENS += [
    "\x00",
    "\x1f",
    "\x7f",
    "\ufeff",
    " ",
    "\n",
    "\u2028",
    "/*",
    "'",
    "True",
    "\\u0000",
    "\x0b",
]


def bent(frame: Frame, where: int, how: int, what: str) -> Frame:
    """A frame with one wound: bytes cut off, taken out, doubled, changed or put in."""
    old = frame.payload
    at = where % (len(old) + 1)
    new = [
        old[:at],
        old[:at] + old[at + 1 + where % 7 :],
        old[:at] + old[at : at + 20] + old[at:],
        old[:at] + bytes([where % 251]) + old[at + 1 :],
        old[:at] + bytes(b ^ (1 << where % 8) for b in old[at : at + 1]) + old[at + 1 :],
        old[:at] + what.encode() + old[at:],
        old[at:],
    ]
    return Frame(frame.opcode, new[how % len(new)])


def padded(command: str, size: int, front: bool) -> str:
    """White space around a command, up to a size in bytes near the limit."""
    space = " " * (size - len(command.encode("utf-8", "surrogatepass")))
    return space + command if front else command + space


def recorded() -> list[str]:
    """Frames that a server once sent, whole and event by event."""
    frames = [one for file in RECORDED for one in json.loads(file.read_text("utf-8"))["frames"]]
    return [json.dumps(one) for frame in frames for one in [frame, *frame["events"]]]


# Families: one drawn command, and many cases made of it without another draw

SIBLINGS, WOUNDED = 9, 2
BATCH = 6 * (1 + SIBLINGS) + 4 * (1 + WOUNDED)
"""Cases in a batch, about."""
SOME_JUNK: list[Any] = [None, True, 0, -1, 1.5, "", "x", [], {}, [[1]], {"a": []}, float("nan")]
SOME_JUNK += [float("-inf"), *HUGE, "\ud800", "\x00", "\ufeff", "😀", "r" * 65, "r 1", TYPES]


def piece(chance: Random) -> str:
    """A bit of text: a word, a control character, white space, or any letter of any plane."""
    match chance.randrange(4):
        case 0:
            return chance.choice(["Hi", "\r\n", " ", "\u2003", "\ufffd", "é", "👩\u200d👧"])
        case 1:
            return chr(chance.choice([*range(32), 127, *range(0x80, 0xA1)]))
    code = chance.randrange(0x110000 if chance.random() < 0.5 else 0x3000)
    return "?" if 0xD800 <= code < 0xE000 else chr(code)


def sibling(command: dict[str, Any], style: int, chance: Random) -> Frame:
    """Another case of the same kin: a fresh ref, and perhaps one thing wrong."""
    renewed = dict(command)
    if "ref" in command:
        renewed["ref"] = minted(chance.getrandbits(64))
    if "content" in command and chance.random() < 0.5:
        renewed["content"] = "".join(piece(chance) for _ in range(chance.randrange(1, 5)))
    match chance.randrange(8):
        case 0:
            renewed = with_field(renewed, chance.choice(FIELDS), chance.choice(SOME_JUNK))
        case 1:
            renewed = with_field(renewed, chance.choice(STRANGE), chance.choice(SOME_JUNK))
        case 2:
            renewed = without_field(renewed, chance.choice(FIELDS))
        case 3:
            renewed = with_field(renewed, "type", chance.choice(TYPES))
        case 4 | 5:
            return wounded(text(written(renewed, style)), chance)
    return text(written(renewed, style))


def wounded(frame: Frame, chance: Random) -> Frame:
    """A frame with one wound, or two."""
    for _ in range(chance.choice([1, 1, 2])):
        where, how = chance.randrange(70_000), chance.randrange(7)
        frame = bent(frame, where, how, chance.choice(TOKENS))
    return frame


@dataclass(frozen=True)
class Kin:
    """A command or a frame as it was drawn, and the cases that are made of it. The salt is another
    one for each batch, so that what hypothesis draws again makes new cases all the same."""

    drawn: dict[str, Any] | Frame
    style: int
    seed: int

    def cases(self, salt: str) -> list[Frame]:
        chance = Random(f"{salt}/{self.seed}")
        if isinstance(self.drawn, Frame):
            return [self.drawn, *[wounded(self.drawn, chance) for _ in range(WOUNDED)]]
        command = text(written(self.drawn, self.style))
        return [command, *[sibling(self.drawn, self.style, chance) for _ in range(SIBLINGS)]]


def odd(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """The same strategy as one choice among others: hypothesis would level choices of choices."""
    return strategy.map(lambda one: one)


WRITTEN = st.builds(written, odd(COMMANDS), STYLES)
LARGE = st.one_of(
    st.builds(padded, WRITTEN, st.integers(FRAME_BYTES - 2, FRAME_BYTES + 2), st.booleans()),
    st.builds(lambda post, said: written({**post, "content": said}, 0), POSTS, LONG),
    st.builds(lambda post, said: written({**post, "content": said}, 0), POSTS, LONG),
    st.builds(lambda sign: sign * FRAME_BYTES, st.sampled_from(["a", "é", "[", "0", '"'])),
)
RARE = st.one_of(
    st.sampled_from(["", " ", PING, PING + " ", "null", "NaN", "[]", "{}", '"', "0"]).map(text),
    st.binary(max_size=40).map(lambda data: Frame(BINARY, data)),
    st.binary(max_size=40).map(lambda data: Frame(TEXT, data)),
    WRITTEN.map(lambda command: Frame(BINARY, command.encode("utf-8", "surrogatepass"))),
    st.builds(doubled, WRITTEN, st.sampled_from(FIELDS), odd(JUNK)).map(text),
    st.builds(doubled, WRITTEN, st.just("ref"), odd(REFS)).map(text),
    st.builds(lambda post, ref: text(written({**post, "ref": ref}, 1)), POSTS, odd(BAD_REFS)),
    odd(DEEP).map(text),
    st.text(max_size=30).map(text),
    st.sampled_from(recorded()).map(text),
)
FAMILIES = st.builds(Kin, odd(COMMANDS), STYLES, EVEN)
PAIRS = st.builds(Kin, odd(RARE), st.just(0), EVEN)
KINS = st.sampled_from([PAIRS, PAIRS, FAMILIES, FAMILIES, FAMILIES]).flatmap(lambda kin: kin)
BATCHES: SearchStrategy[list[Kin | Frame]] = st.builds(
    lambda kins, large: [*kins, *large],
    st.lists(KINS, min_size=10, max_size=10),
    st.sampled_from([0, 0, 0, 1]).flatmap(
        lambda count: st.lists(LARGE.map(text), min_size=count, max_size=count)
    ),
)


def cases(batch: list[Kin | Frame], salt: str) -> list[Frame]:
    """Every frame of a batch."""
    each = [[kin] if isinstance(kin, Frame) else kin.cases(salt) for kin in batch]
    return [frame for frames in each for frame in frames]
