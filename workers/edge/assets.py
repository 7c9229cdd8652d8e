"""The files of the front end, as the platform keeps them."""

from typing import Any

import js

from edge.d1 import raw


async def asset(env: Any, url: str, headers: dict[str, str]) -> Any:
    """The file at an address, or a 404, with these headers on top of its own."""
    found = await raw(env.ASSETS).fetch(url)
    answer = js.Response.new(found.body, found)
    for header, value in headers.items():
        answer.headers.set(header, value)
    return answer


async def text(env: Any, url: str) -> str:
    """The text of a file; empty where there is none."""
    found = await raw(env.ASSETS).fetch(url)
    return str(await found.text()) if found.ok else ""
