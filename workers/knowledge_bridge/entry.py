"""knowledge-bridge-worker: graphs of a community, drawn, listed, read and saved."""

from typing import Any

from workers import WorkerEntrypoint  # type: ignore[attr-defined]

from access import permission
from edge.clock import now_ms
from edge.d1 import D1
from edge.health import health
from edge.http import described, new_app, serve
from edge.outbound import client
from edge.rpc import answer
from knowledge_bridge import reading, saving
from knowledge_bridge.routes import WORKER, router
from knowledge_bridge.vegvisr import Vegvisr
from schema.graphs import Graph, GraphCard, GraphList, SavedGraph
from schema.rpc import Admission, GraphQuestion, GraphsQuestion, MayQuestion, SaveGraph
from schema.verbs import Verb

__all__ = ["Default"]

app = new_app(WORKER)
app.include_router(router)


class Default(WorkerEntrypoint):  # type: ignore[misc]
    """Each method takes and gives JSON text; the models are in schema/rpc.py and schema/http.py."""

    async def fetch(self, request: Any) -> Any:
        return await serve(app, request, self.env)

    async def openapi(self, text: str) -> str:
        """What this worker's routes are; the text is not read."""
        return described(app)

    async def health(self, text: str) -> str:
        return (await health(WORKER, self.env)).model_dump_json()

    async def card(self, text: str) -> str:
        return await answer(text, GraphQuestion, lambda asked: card(self.env, asked))

    async def graph(self, text: str) -> str:
        return await answer(text, GraphQuestion, lambda asked: graph(self.env, asked))

    async def graphs(self, text: str) -> str:
        return await answer(text, GraphsQuestion, lambda asked: graphs(self.env, asked))

    async def save(self, text: str) -> str:
        return await answer(text, SaveGraph, lambda asked: save(self.env, asked))


# Functions, not methods: every method of an entrypoint can be called by binding.


async def card(env: Any, asked: GraphQuestion) -> GraphCard:
    await admission(env, asked, "read_graph")
    return await reading.card(D1(env.DB), vegvisr(env), asked)


async def graph(env: Any, asked: GraphQuestion) -> Graph:
    await admission(env, asked, "read_graph")
    return await reading.graph(D1(env.DB), vegvisr(env), asked)


async def graphs(env: Any, asked: GraphsQuestion) -> GraphList:
    await admission(env, asked, "read_graph")
    return await reading.graphs(D1(env.DB), vegvisr(env), asked)


async def save(env: Any, asked: SaveGraph) -> SavedGraph:
    admitted = await admission(env, asked, "save_graph")
    return await saving.save(D1(env.DB), admitted.person, asked, now_ms())


async def admission(
    env: Any, asked: GraphQuestion | GraphsQuestion | SaveGraph, verb: Verb
) -> Admission:
    """Who asks, if they may: the bridge takes nobody's word for it."""
    question = MayQuestion(person_id=asked.person_id, community_id=asked.community_id, verb=verb)
    return await permission.may(D1(env.DB), question, now_ms())


def vegvisr(env: Any) -> Vegvisr | None:
    """None unless VEGVISR_GRAPHS names the address of the existing system."""
    origin = getattr(env, "VEGVISR_GRAPHS", None)
    return Vegvisr(client(origin)) if isinstance(origin, str) and origin else None
