"""R2: bytes under a key."""

from typing import Any

from pyodide.ffi import to_js
from workers import Response  # type: ignore[attr-defined]

from edge.d1 import raw


async def put(bucket: Any, key: str, content: bytes) -> None:
    await raw(bucket).put(key, to_js(content))


async def remove(bucket: Any, key: str) -> None:
    await raw(bucket).delete(key)


def answer(content: bytes, headers: dict[str, str]) -> Any:
    """A file as the answer to a request."""
    return Response(content, status=200, headers=headers)


async def get(bucket: Any, key: str) -> bytes | None:
    found = await raw(bucket).get(key)
    if not hasattr(found, "arrayBuffer"):
        return None
    content: bytes = (await found.arrayBuffer()).to_bytes()
    return content
