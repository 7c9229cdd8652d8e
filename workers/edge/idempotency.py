"""A creation that is asked for twice happens once: `Idempotency-Key`.

Every route that answers 201 takes the header. The same key of the same session with the same
request gets the first answer again, for a day; with another request it is refused.
"""

import re
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from edge.clock import now_ms
from edge.d1 import D1
from edge.session import hashed, host_of, same_origin, token_in
from records import idempotency_keys
from records.idempotency_keys import Once
from schema.refusals import Refused

Handle = Callable[[Request], Awaitable[Response]]
KEY = re.compile(r"^[\x21-\x7e]{1,128}$")
SOON_MS = 1_000


async def once(request: Request, key: str, handle: Handle) -> Response:
    """The answer of `handle`, or the one that it gave before.

    Refuses: bad_fields, key_reused, and too_fast while the first request runs.
    """
    who = request.headers.get("authorization") or token_in(request.headers.get("cookie"))
    url = str(request.url)
    if not who or not same_origin(request.headers.get("origin"), url):
        return await handle(request)
    if not KEY.match(key):
        raise Refused("bad_fields", "An Idempotency-Key is 1 to 128 visible ASCII characters.")
    asked = b"\n".join([request.method.encode(), request.url.path.encode(), await request.body()])
    scope, proof = hashed(f"{host_of(url)} {who}"), hashed(who.split(" ", 1)[-1].strip())
    same = Once(scope, key, hashed(asked.decode("latin-1")), proof)
    db = D1(request.scope["env"].DB)
    kept = await idempotency_keys.begin(db, same, now_ms())
    if kept is None:
        return await _first(db, same, request, handle)
    if kept.asked != same.asked:
        raise Refused("key_reused")
    if kept.status is None:
        raise Refused("too_fast", "The same request is being worked on.", SOON_MS)
    return Response(kept.body, kept.status, {"idempotent-replay": "true"}, "application/json")


async def _first(db: D1, same: Once, request: Request, handle: Handle) -> Response:
    done = False
    try:
        response = await handle(request)
        if response.status_code == 201:
            body = bytes(response.body).decode()
            await idempotency_keys.keep(db, same, response.status_code, body)
            done = True
        return response
    finally:
        if not done:
            await idempotency_keys.give_up(db, same)
