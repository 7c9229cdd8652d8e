"""Is this value what the document says? Unknown fields, missing ones and wrong kinds are found."""

import re
from collections.abc import Iterator
from typing import Any

from tests.conformance import document

PLAIN: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
}
IS_ID = re.compile(document.NUMBERS["ID_PATTERN"])


def findings(kind: str, value: Any, place: str = "") -> list[str]:
    """What is wrong with a value of this kind, as the document writes kinds; [] if nothing."""
    if kind.startswith("array of "):
        return list(_of_array(kind.removeprefix("array of "), value, place))
    options = kind.strip("()").split(" or ")
    if len(options) > 1:
        return _of_options(options, value, place)
    if kind.startswith("object of "):
        return list(_of_object(kind.removeprefix("object of "), value, place))
    if kind in document.SHAPES:
        return list(_of_shape(kind, value, place))
    return [] if _is_plain(kind, value) else [f"{place}: {value!r:.80} is not {kind}"]


def must_be(kind: str, value: Any) -> Any:
    """The value, if the document allows it; else the test fails with each finding."""
    found = findings(kind, value, kind)
    assert not found, "\n".join(found)
    return value


def _is_plain(kind: str, value: Any) -> bool:
    if kind.startswith('"'):
        return bool(value == kind.strip('"'))
    if kind == "null":
        return value is None
    assert kind in PLAIN, f"The document has a kind that it does not explain: {kind}"
    return isinstance(value, PLAIN[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _of_array(kind: str, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{place}: {value!r:.80} is no array"
        return
    for index, each in enumerate(value):
        yield from findings(kind, each, f"{place}[{index}]")


def _of_object(kind: str, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place}: {value!r:.80} is no object"
        return
    for name, each in value.items():
        yield from findings(kind, each, f"{place}.{name}")


def _of_options(options: list[str], value: Any, place: str) -> list[str]:
    """An object with a `type` is told by it; else one of the options must fit."""
    if isinstance(value, dict) and "type" in value:
        named = [kind for kind in options if _type_of(kind) == value["type"]]
        if named:
            return findings(named[0], value, place)
    tried = [findings(kind, value, place) for kind in options]
    return min(tried, key=len)


def _type_of(kind: str) -> str | None:
    first = document.SHAPES.get(kind, [])[:1]
    return first[0].kind.strip('"') if first and first[0].name == "type" else None


def _of_shape(kind: str, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place}: {value!r:.80} is no {kind}"
        return
    fields = {each.name: each for each in document.SHAPES[kind]}
    for name in value.keys() - fields.keys():
        yield f"{place}: the document has no field {name} in {kind}"
    for name, each in fields.items():
        if name in value:
            yield from findings(each.kind, value[name], f"{place}.{name}")
            yield from _of_id(name, value[name], f"{place}.{name}")
        elif not each.has_default:
            yield f"{place}: {name} of {kind} is missing"


def _of_id(name: str, value: Any, place: str) -> Iterator[str]:
    """`id`, `room_id` and their like look as the document says; refs have the same signs."""
    is_time = name in ("seq", "at", "created_at", "joined_at", "sent_at")
    if name in ("id", "room_id", "community_id", "graph_id", "person_id") and isinstance(
        value, str
    ):
        if not IS_ID.fullmatch(value):
            yield f"{place}: {value!r:.80} is no id"
    elif is_time and isinstance(value, int) and value < 1:
        yield f"{place}: {value} is too small"
