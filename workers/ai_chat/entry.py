"""ai-chat-worker: summaries and moderation, asked by the other workers over their binding."""

import json
from typing import Any

import js
from workers import WorkerEntrypoint  # type: ignore[attr-defined]

from ai_chat.providers import Provider, choose
from ai_chat.routes import WORKER, routes
from edge.d1 import raw
from edge.health import health
from edge.http import described, new_app, serve
from edge.rpc import answer
from schema.assistant import ModerateRequest, Moderation, SummariseRequest, Summary

__all__ = ["Default"]

app = new_app(WORKER)
app.include_router(routes)


class Default(WorkerEntrypoint):  # type: ignore[misc]
    """Each method but `fetch` takes and gives JSON text of a model in schema/rpc.py."""

    async def fetch(self, request: Any) -> Any:
        return await serve(app, request, self.env)

    async def summarise(self, text: str) -> str:
        """SummariseRequest in, Summary out."""

        async def work(request: SummariseRequest) -> Summary:
            return await provider_of(self.env).summarise(request)

        return await answer(text, SummariseRequest, work)

    async def moderate(self, text: str) -> str:
        """ModerateRequest in, Moderation out."""

        async def work(request: ModerateRequest) -> Moderation:
            return await provider_of(self.env).moderate(request)

        return await answer(text, ModerateRequest, work)

    async def openapi(self, text: str) -> str:
        """What this worker's routes are; the text is not read."""
        return described(app)

    async def health(self, text: str) -> str:
        """WorkerHealth out; the text is not read."""
        return (await health(WORKER, self.env)).model_dump_json()


class Models:
    """The `Binding` of workers_ai.py over the platform's `AI` binding."""

    def __init__(self, binding: Any):
        self._ai = raw(binding)

    async def run(self, model: str, inputs: dict[str, Any]) -> Any:
        found = await self._ai.run(model, js.JSON.parse(json.dumps(inputs)))
        return json.loads(js.JSON.stringify(found))


def provider_of(env: Any) -> Provider:
    ai = getattr(env, "AI", None)
    return choose(getattr(env, "AI_PROVIDER", None), Models(ai) if ai else None)
