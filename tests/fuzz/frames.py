"""Frames, and the commands of a client with every kind of value in their fields."""

import base64
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from schema.wire import CONTENT_LENGTH
from tests.raw_socket import TEXT

SOME_REFS = ["r1", "again", "-", "_" * 64]


@dataclass(frozen=True)
class Frame:
    """What goes over the wire in one frame; the payload of a text frame may be no UTF-8."""

    opcode: int
    payload: bytes

    def __repr__(self) -> str:
        kind = "text" if self.opcode == TEXT else "binary"
        return f"{kind} frame of {len(self.payload)} bytes {self.payload[:300]!r}"


def text(words: str) -> Frame:
    """A text frame. A lone surrogate becomes the three bytes that are no UTF-8."""
    return Frame(TEXT, words.encode("utf-8", "surrogatepass"))


# Values


def minted(number: int) -> str:
    """A ref of 11 signs, another one for each number below 2**64."""
    return base64.urlsafe_b64encode(number.to_bytes(8, "big")).decode().rstrip("=")


EVEN = st.integers(0, 2**20 - 1)
"""Any of them alike: of larger ranges hypothesis draws mostly small numbers, again and again."""
FRESH = st.builds(lambda one, two: minted(one << 20 | two), EVEN, EVEN)
REFS = st.one_of(FRESH, FRESH, FRESH, st.sampled_from(SOME_REFS))
BAD_REFS = st.one_of(
    st.sampled_from(
        ["", "r 1", "r" * 65, "é", "😀", "r\n", "a\u200b", "\x00", "a.b", "__proto__ "]
    ),
    st.text(max_size=70),
)
SAID = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(["Good morning.", " a\r\nb\rc\t", "\x00\x07", "", "\u2028\u2029", "</script>"]),
    st.integers(0, 0x10FFFF).map(lambda n: "a" + chr(n) + "b" if not 0xD800 <= n < 0xE000 else "c"),
)
LONG = st.builds(
    lambda sign, count: sign * count,
    st.sampled_from(["a", "é", "界", "😀", "\x00", "\r\n", " ", "\ufffd"]),
    st.sampled_from([2_000, CONTENT_LENGTH - 1, CONTENT_LENGTH, CONTENT_LENGTH + 1, 20_000]),
)
HUGE = [0, 1, -1, 2**31, 2**53 - 2, 2**53 - 1, 2**53, 2**63, 2**64, -(2**63), 10**30, 10**4_000]
SEQS = st.one_of(st.none(), st.integers(0, 40), st.sampled_from(HUGE))
JUNK: SearchStrategy[Any] = st.one_of(
    st.sampled_from([None, True, False, 0, 1.5, 1e300, -0.0, "", "true", [], {}, [[]], {"a": {}}]),
    st.sampled_from([float("nan"), float("inf"), float("-inf"), *HUGE]),
    st.text(max_size=6),
    st.sampled_from(["\ud800", "\udfff\ud800", "\ud83d\ude00", "\x00", "\x7f\x85", "\ufeff"]),
    st.recursive(st.sampled_from([0, "x", None]), lambda s: st.lists(s, max_size=3), max_leaves=4),
)

# Commands

POSTS: SearchStrategy[dict[str, Any]] = st.builds(
    lambda ref, content: {"type": "send_message", "ref": ref, "content": content}, REFS, SAID
)
PAGES: SearchStrategy[dict[str, Any]] = st.builds(
    lambda ref, which, seq, limit: {"type": "load_history", "ref": ref, which: seq, "limit": limit},
    REFS,
    st.sampled_from(["before", "after"]),
    SEQS,
    st.sampled_from([1, 1, 2, 2, 3, 3, 5, 8, 200, 0, 201, -1]),
)
TYPING: SearchStrategy[dict[str, Any]] = st.builds(
    lambda typing: {"type": "set_typing", "typing": typing}, st.booleans()
)
READING: SearchStrategy[dict[str, Any]] = st.builds(
    lambda number: {"type": "reach_checkpoint", "number": number},
    st.one_of(st.integers(0, 9), st.sampled_from(HUGE)),
)
COMMANDS = st.one_of(POSTS, POSTS, POSTS, PAGES, TYPING, READING)
