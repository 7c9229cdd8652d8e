"""The examples of the document against its own tables; and the check that sees what is wrong."""

from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.shape import findings


@pytest.mark.parametrize(("name", "value"), document.EXAMPLES)
def test_an_example_is_what_its_table_says(name: str, value: Any) -> None:
    assert findings(name, value, name) == []


@pytest.mark.parametrize("name", sorted({name for name, _ in document.EXAMPLES}))
def test_a_field_too_many_is_found(name: str) -> None:
    assert findings(name, document.example(name) | {"surprise": 1})


@pytest.mark.parametrize(
    ("name", "field"),
    [
        (name, field.name)
        for name in sorted({name for name, _ in document.EXAMPLES})
        for field in document.SHAPES[name]
        if not field.has_default
    ],
)
def test_a_field_that_is_missing_or_of_another_kind_is_found(name: str, field: str) -> None:
    value = document.example(name)
    value.pop(field, None)
    assert findings(name, value)
    assert findings(name, value | {field: ()})


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", True),
        ("integer", 1.0),
        ("integer", "1"),
        ("number", False),
        ("string", None),
        ("boolean", 0),
        ('"public" or "private"', "secret"),
        ("array of string", ["a", 1]),
        ("array of string", "abc"),
        ("object of Check", {"d1": {"ok": "yes", "ms": 1}}),
        ("Person", {"id": "no id!", "name": "Ada"}),
        ("Person or null", 0),
        ("array of (MessagePosted or MemberJoined)", [{"type": "pong"}]),
        ("MemberJoined", document.example("MemberJoined") | {"seq": 0}),
    ],
)
def test_a_wrong_value_is_found(kind: str, value: Any) -> None:
    assert findings(kind, value)
