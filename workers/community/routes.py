"""The site map of community-worker. chat-worker's front door hands these paths on."""

from fastapi import Request

from community import brand, card, directory, filters, guidelines, settings
from edge.health import health
from edge.http import env_of, new_app
from schema.http import WorkerHealth

app = new_app("community-worker")
for part in (card, settings, guidelines, brand, filters, directory):
    app.include_router(part.router)


@app.get("/healthz", include_in_schema=False)
async def healthz(request: Request) -> WorkerHealth:
    return await health("community-worker", env_of(request))
