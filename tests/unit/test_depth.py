"""How deep JSON may be nested that we keep."""

from typing import Any

import pytest

from domain.depth import deeper


def nested(depth: int) -> Any:
    value: Any = "end"
    for number in range(depth):
        value = [1, value] if number % 2 else {"a": 1, "b": value}
    return value


@pytest.mark.parametrize("most", [0, 1, 2, 30, 190])
def test_a_value_may_be_as_deep_as_that_and_no_deeper(most: int) -> None:
    assert not deeper(nested(most), most)
    assert deeper(nested(most + 1), most)


def test_the_deepest_part_counts() -> None:
    assert deeper([1, [], {"a": [[1]]}], 3)
    assert not deeper([1, [], {"a": [[1]]}], 4)


def test_what_is_far_too_deep_ends_no_stack() -> None:
    assert deeper(nested(100_000), 30)
