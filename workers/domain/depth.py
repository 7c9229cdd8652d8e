"""How deep JSON may be nested that we take in and hand on.

In WebAssembly pydantic writes at most 49 levels, so what is kept stays well below.
"""

from typing import Any

GRAPH_DEPTH = 30


def deeper(value: Any, most: int) -> bool:
    """Whether more than `most` objects and lists stand in each other. Follows no stack."""
    level = [value]
    for _ in range(most):
        level = [inner for one in level for inner in _inside(one)]
    return any(isinstance(one, dict | list) for one in level)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
