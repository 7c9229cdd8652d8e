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
    await _count(env, name, door.counted_as(name, host, sender))


async def check_person(env: Any, method: str, community_id: str, person_id: str) -> None:
    """Refuses: too_fast."""
    if door.counts_for_person(method):
        await _count(env, door.PERSONS, door.person_counted_as(community_id, person_id))


async def _count(env: Any, name: str, key: str) -> None:
    counted = js.Object.fromEntries([["key", key]])
    if not (await raw(getattr(env, name)).limit(counted)).success:
        raise Refused("too_fast", retry_after_ms=MINUTE_MS)
