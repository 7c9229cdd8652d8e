"""What must come back for a frame, worked out from docs/protocol.md alone.

Nothing of the product is asked how it reads a frame: this is the second opinion.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from schema.refusals import Code
from schema.wire import CONTENT_LENGTH, FRAME_BYTES, PAGE, PAGE_MAX, PING
from tests.fuzz.frames import Frame
from tests.raw_socket import BINARY

LARGEST = 2**53 - 2
SURE_DEPTH, NO_DEPTH = 190, 210
REF = re.compile(r"[A-Za-z0-9_-]{1,64}")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])
FIELDS = {
    "send_message": ({"type", "ref", "content"}, set[str]()),
    "load_history": ({"type", "ref"}, {"before", "after", "limit"}),
    "set_typing": ({"type", "typing"}, {"ref"}),
    "reach_checkpoint": ({"type", "number"}, {"ref"}),
}


@dataclass(frozen=True)
class Posted:
    """The message is stored with this content, or was stored before under this ref."""

    ref: str
    content: str


@dataclass(frozen=True)
class Paged:
    """A page of the log."""

    ref: str
    before: int | None
    after: int | None
    limit: int


@dataclass(frozen=True)
class No:
    """A refusal with one of these codes and one of these refs."""

    codes: frozenset[Code]
    refs: frozenset[str | None]


@dataclass(frozen=True)
class Silent:
    """No answer. `ref` is what a refusal for its speed would carry."""

    ref: str | None


@dataclass(frozen=True)
class Ponged:
    """The one frame that the runtime answers."""


Answer = Posted | Paged | No | Silent | Ponged


def expected(frame: Frame, may_post: bool = True) -> Answer:
    """The one answer of a room to one frame of somebody who may post there, or only read."""
    if frame.opcode == BINARY:
        return no("not_text")
    words = frame.payload.decode("utf-8", "replace")
    if words == PING:
        return Ponged()
    if len(words.encode()) > FRAME_BYTES:
        return No(frozenset({"frame_too_large"}), refs_of(words) | {None})
    try:
        found = read(words)
    except ValueError:
        return no("not_json")
    answer = commanded(found, words, may_post)
    if isinstance(answer, No) and depth(words) > SURE_DEPTH:
        return No(answer.codes | {"not_json"}, answer.refs | {None})
    return answer


def commanded(found: Any, words: str, may_post: bool) -> Answer:
    """The answer to what is JSON."""
    refs = refs_of(words)
    if not isinstance(found, dict):
        return No(frozenset({"bad_fields"}), refs)
    kind = found.get("type")
    if not isinstance(kind, str) or kind not in FIELDS:
        return No(frozenset({"unknown_type"}), refs)
    if not well_formed(found, kind):
        return No(frozenset({"bad_fields"}), refs)
    ref = found.get("ref")
    if kind == "load_history":
        which = found.get("before"), found.get("after"), found.get("limit", PAGE)
        return Paged(str(ref), *which)
    if kind == "reach_checkpoint":
        return Silent(ref)
    if not may_post:
        return No(frozenset({"join_first"}), refs)
    return Silent(ref) if kind == "set_typing" else posted(str(ref), found, refs)


def posted(ref: str, found: dict[str, Any], refs: frozenset[str | None]) -> Answer:
    """What becomes of a post that is well-formed."""
    content = cleaned(found["content"])
    if not content:
        return No(frozenset({"empty_message"}), refs)
    if len(content) > CONTENT_LENGTH:
        return No(frozenset({"too_long"}), refs)
    return Posted(ref, content)


def no(code: Code) -> No:
    return No(frozenset({code}), frozenset({None}))


def cleaned(said: str) -> str:
    """Line ends of one kind, no control characters, no white space around it."""
    return said.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS).strip()


def well_formed(found: dict[str, Any], kind: str) -> bool:
    """Whether a command has the fields that it must have, of the right kinds, and no others."""
    needed, more = FIELDS[kind]
    if not needed <= found.keys() <= needed | more:
        return False
    return all(fits(name, value, kind) for name, value in found.items())


def fits(name: str, value: Any, kind: str) -> bool:
    """Whether a field may have this value; `1` is no `true`, and `1.0` no whole number."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    match name:
        case "ref":
            optional = "ref" in FIELDS[kind][1] and value is None
            return optional or (isinstance(value, str) and REF.fullmatch(value) is not None)
        case "content":
            return isinstance(value, str)
        case "typing":
            return isinstance(value, bool)
        case "limit":
            return whole and 1 <= value <= PAGE_MAX
        case "number":
            return whole and 1 <= value <= LARGEST
        case "before":
            return value is None or (whole and 1 <= value <= LARGEST)
        case "after":
            return value is None or (whole and 0 <= value <= LARGEST)
    return True


def read(words: str) -> Any:
    """JSON as the platform takes it: with NaN, not too deep, without half a character, and no
    number of more than 4,300 digits. Raises ValueError for what is none."""
    if depth(words) > NO_DEPTH:
        raise ValueError("too deep")
    found = json.loads(words)
    for string in STRING.findall(words):
        if "\\u" in string and any(0xD800 <= ord(sign) < 0xE000 for sign in json.loads(string)):
            raise ValueError("half a character")
    return found


def depth(words: str) -> int:
    """How deep brackets stand in each other outside strings, at the most."""
    deepest = level = 0
    for sign in re.findall(r"[\[\]{}]", STRING.sub("", words)):
        level += 1 if sign in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def refs_of(words: str) -> frozenset[str | None]:
    """The ref that a refusal must carry; two where it depends on the year of Unicode."""
    try:
        found = read(words)
    except ValueError:
        return frozenset({None})
    ref = found.get("ref") if isinstance(found, dict) else None
    if not isinstance(ref, str) or not 0 < len(ref) <= 64:
        return frozenset({None})
    if any(unicodedata.category(sign) == "Cn" for sign in ref):
        return frozenset({None, ref})
    return frozenset({ref if ref.isprintable() else None})
