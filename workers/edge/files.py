"""R2: bytes under a key."""

from typing import Any

from pyodide.ffi import to_js

from edge.d1 import raw


async def put(bucket: Any, key: str, content: bytes) -> None:
    await raw(bucket).put(key, to_js(content))


async def get(bucket: Any, key: str) -> bytes | None:
    found = await raw(bucket).get(key)
    if not hasattr(found, "arrayBuffer"):
        return None
    return (await found.arrayBuffer()).to_bytes()
