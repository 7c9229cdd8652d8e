"""The site map of ai-chat-worker: it has no public address, only its health."""

from fastapi import APIRouter, Request

from edge.health import health
from edge.http import env_of
from schema.http import WorkerHealth

WORKER = "ai-chat-worker"
routes = APIRouter()


@routes.get("/healthz", include_in_schema=False)
async def healthz(request: Request) -> WorkerHealth:
    return await health(WORKER, env_of(request))
