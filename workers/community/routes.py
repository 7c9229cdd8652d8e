"""The site map of community-worker, which only its bindings can reach."""

from fastapi import Request

from edge.health import health
from edge.http import env_of, new_app
from schema.http import WorkerHealth

app = new_app("community-worker")


@app.get("/healthz", include_in_schema=False)
async def healthz(request: Request) -> WorkerHealth:
    return await health("community-worker", env_of(request))
