"""community-worker: which community lives where, and how one begins."""

from typing import Any

from workers import WorkerEntrypoint  # type: ignore[attr-defined]

from community import founding
from community.routes import app
from edge import http, rpc
from edge.health import health
from schema.foundation import Foundation

__all__ = ["Default"]


class Default(WorkerEntrypoint):  # type: ignore[misc]
    async def fetch(self, request: Any) -> Any:
        return await http.serve(app, request, self.env)

    async def found(self, text: str) -> str:
        """Foundation -> CommunityConfig: a community with its people and rooms. Only once."""
        return await rpc.answer(text, Foundation, lambda q: founding.found(self.env, q))

    async def openapi(self, text: str) -> str:
        """What this worker's routes are; the text is not read."""
        return http.described(app)

    async def health(self, text: str) -> str:
        return (await health("community-worker", self.env)).model_dump_json()
