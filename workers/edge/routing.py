"""Routes whose JSON bodies are parsed with a bound on their depth.

`json.loads` follows brackets down the C stack, which in WebAssembly ends the whole isolate
(docs/decisions/015-a-bound-on-the-depth-of-json.md). pydantic's parser stops at a depth of 200.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json


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
            return await handle(BoundedRequest(request.scope, request.receive))

        return handle_bounded


def routes(prefix: str = "", **options: Any) -> APIRouter:
    """A router of ours; every route of the platform stands in one."""
    return APIRouter(prefix=prefix, route_class=BoundedRoute, **options)
