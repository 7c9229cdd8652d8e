"""The site map of knowledge-bridge-worker: readers come by binding, so there is only its health."""

from fastapi import APIRouter, Request

from edge.health import health
from edge.http import env_of
from schema.http import WorkerHealth

WORKER = "knowledge-bridge-worker"
router = APIRouter()


@router.get("/healthz", include_in_schema=False)
async def healthz(request: Request) -> WorkerHealth:
    return await health(WORKER, env_of(request))
