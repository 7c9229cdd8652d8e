"""`GET /healthz`: the platform's health, all four workers with their round trips."""

import asyncio
from typing import Any

from fastapi import Request, Response

from edge.d1 import raw
from edge.health import health
from edge.http import env_of
from edge.routing import routes
from schema.http import PlatformHealth, WorkerHealth

router = routes()
OTHERS = {
    "ai-chat-worker": "AI_CHAT",
    "community-worker": "COMMUNITY",
    "knowledge-bridge-worker": "KNOWLEDGE",
}


@router.get("/healthz")
async def platform_health(request: Request, response: Response) -> PlatformHealth:
    """200 when everything is well, else 503 with the part that fails."""
    env = env_of(request)
    others = await asyncio.gather(*[_ask(env, name) for name in OTHERS])
    workers = {found.worker: found for found in (await health("chat-worker", env), *others)}
    well = all(worker.status == "ok" for worker in workers.values())
    response.status_code = 200 if well else 503
    status = "ok" if well else "failing"
    return PlatformHealth(status=status, version=env.VERSION, workers=workers)


async def _ask(env: Any, worker: str) -> WorkerHealth:
    try:
        answer = await raw(getattr(env, OTHERS[worker])).health("")
        return WorkerHealth.model_validate_json(answer)
    except Exception:
        return WorkerHealth(status="failing", worker=worker, version="", checks={})
