"""The platform's rate limits: counted where the request came in, so roughly and at no cost."""

from typing import Any

import js

from domain import door, signing_in
from domain.door import MINUTE_MS
from edge.d1 import raw
from edge.http import method_of
from schema.refusals import Refused


async def check(request: Any, env: Any, path: str, host: str) -> None:
    """Refuses: too_fast."""
    name = door.limit_of(method_of(request), path)
    if name is None:
        return
    sender = signing_in.sender(request.headers)
    key = js.Object.fromEntries([["key", door.counted_as(name, host, sender)]])
    if not (await raw(getattr(env, name)).limit(key)).success:
        raise Refused("too_fast", retry_after_ms=MINUTE_MS)
