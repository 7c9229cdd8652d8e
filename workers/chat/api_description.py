"""`GET /api/openapi.json`: the API of all four workers, described in one document."""

import asyncio
import json
from typing import Any

from fastapi import Request, Response

from chat.healthz import OTHERS
from domain.openapi import merged
from edge.d1 import raw
from edge.http import env_of
from edge.routing import routes
from schema.http import Problem

router = routes("/api")
_told: dict[str, bytes] = {}


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> Response:
    """Made once for each isolate: the workers' routes do not change while it lives."""
    env = env_of(request)
    if env.VERSION not in _told:
        others = await asyncio.gather(*[_of(env, binding) for binding in OTHERS.values()])
        parts = [public(request.app.openapi(), env.STAGE), *others]
        whole = merged(parts, env.VERSION, Problem.model_json_schema())
        _told[env.VERSION] = json.dumps(whole, ensure_ascii=False).encode()
    return Response(_told[env.VERSION], media_type="application/json")


def public(description: dict[str, Any], stage: str) -> dict[str, Any]:
    """Without what exists on a developer's machine alone, unless we are on one."""
    paths = {
        path: operations
        for path, operations in description["paths"].items()
        if stage == "local" or not path.startswith("/api/local/")
    }
    return description | {"paths": paths}


async def _of(env: Any, binding: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await raw(getattr(env, binding)).openapi(""))
    return found
