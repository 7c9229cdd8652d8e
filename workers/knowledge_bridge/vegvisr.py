"""The existing Vegvisr system, read only: its published graphs."""

import asyncio
import re
from datetime import UTC, datetime
from typing import Any

import httpx
from pydantic_core import from_json

from domain.depth import GRAPH_DEPTH, deeper
from domain.graphs import Reading, checked, summary
from schema.graphs import GraphSummary
from schema.ids import Millis
from schema.refusals import Refused

HIDDEN = frozenset({401, 403, 404})
MOST_FOUND = 10
READ_SECONDS = 4.0
SEARCH_SECONDS = 1.5
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""Old graphs may be named otherwise; a room cannot hold a reference to those (schema/ids.py)."""


class Vegvisr:
    """Asks over the client that it is given; the client knows the address and the bounds."""

    def __init__(self, http: httpx.AsyncClient):
        self._http = http

    async def graph(self, graph_id: str) -> Reading | None:
        """None for what is not there, not published or not a graph. Refuses: broken."""
        return await self._graph(graph_id, READ_SECONDS)

    async def search(self, query: str, limit: int) -> list[GraphSummary]:
        """At most MOST_FOUND published graphs that Vegvisr finds. Refuses: broken.

        A search result does not say whether its graph is published, so each one is read; one that
        does not come in SEARCH_SECONDS is left out.
        """
        most = min(limit, MOST_FOUND)
        answer = await self._get("/searchGraphs", {"q": query, "limit": most}, SEARCH_SECONDS)
        ids = _ids(answer)[:most]
        readings = await asyncio.gather(*[self._readable(graph_id) for graph_id in ids])
        found = zip(ids, readings, strict=True)
        return [summary(graph_id, reading) for graph_id, reading in found if reading]

    async def _readable(self, graph_id: str) -> Reading | None:
        try:
            return await self._graph(graph_id, SEARCH_SECONDS)
        except Refused:
            return None

    async def _graph(self, graph_id: str, seconds: float) -> Reading | None:
        return _published(await self._get("/getknowgraph", {"id": graph_id}, seconds))

    async def _get(self, path: str, params: dict[str, str | int], seconds: float) -> Any:
        try:
            response = await self._http.get(path, params=params, timeout=seconds)
        except httpx.RequestError as problem:
            raise _silent() from problem
        if response.status_code in HIDDEN:
            return None
        if response.status_code != 200:
            raise _silent()
        try:
            return from_json(response.content)
        except ValueError as problem:
            raise _silent() from problem


def _silent() -> Refused:
    return Refused("broken", "Vegvisr does not answer right now. Try again later.")


def _ids(answer: Any) -> list[str]:
    results = answer.get("results") if isinstance(answer, dict) else None
    rows = [row for row in results if isinstance(row, dict)] if isinstance(results, list) else []
    ids = [row["id"] for row in rows if isinstance(row.get("id"), str)]
    return list(dict.fromkeys(name for name in ids if ID.fullmatch(name)))


def _published(answer: Any) -> Reading | None:
    metadata = answer.get("metadata") if isinstance(answer, dict) else None
    if not isinstance(metadata, dict) or metadata.get("publicationState") != "published":
        return None
    if deeper(answer, GRAPH_DEPTH):
        return None
    try:
        graph = checked({**answer, "edges": _sound_edges(answer)})
    except Refused:
        return None
    return Reading(graph, _moment(answer.get("updated_at") or answer.get("updatedAt")))


def _sound_edges(answer: dict[str, Any]) -> Any:
    """Old graphs hold edges of nodes that were removed, and some edges twice."""
    nodes, edges = answer.get("nodes"), answer.get("edges")
    if not isinstance(nodes, list) or not isinstance(edges, list):
        return edges
    ids = [node.get("id") for node in nodes if isinstance(node, dict)]
    known = {name for name in ids if isinstance(name, str)}
    sound = {}
    for edge in edges:
        ends = _ends(edge)
        if known.issuperset(ends):
            sound["_".join(ends)] = edge
    return list(sound.values())


def _ends(edge: Any) -> tuple[str, str]:
    if not isinstance(edge, dict):
        return "", ""
    return str(edge.get("source")), str(edge.get("target"))


def _moment(text: Any) -> Millis:
    """A date of theirs, in UTC when it names no zone; 0 when there is none."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return 0
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1000)
