"""Routes whose JSON bodies are parsed with a bound on their depth, and whose creations happen once.

`json.loads` follows brackets down the C stack, which in WebAssembly ends the whole isolate
(docs/decisions/015-a-bound-on-the-depth-of-json.md). pydantic's parser stops at a depth of 200.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

SECRET = "x-secret"
"""In `openapi_extra`: the answer holds a secret, and is kept for nobody."""


class BoundedRequest(Request):
    async def json(self) -> Any:
        try:
            return from_json(await self.body())
        except ValueError as invalid:
            raise json.JSONDecodeError(str(invalid), "", 0) from None


class BoundedRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_bounded(request: Request) -> Response:
            bounded = BoundedRequest(request.scope, request.receive)
            key = request.headers.get("idempotency-key")
            if key is None or self.status_code != 201 or SECRET in (self.openapi_extra or {}):
                return await handle(bounded)
            from edge.idempotency import once  # needs the platform, which the rest here does not

            return await once(bounded, key, handle)

        return handle_bounded


def routes(prefix: str = "", **options: Any) -> APIRouter:
    """A router of ours; every route of the platform stands in one."""
    return APIRouter(prefix=prefix, route_class=BoundedRoute, **options)
