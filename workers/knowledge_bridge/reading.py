"""Graphs for a reader who was admitted: our own, then those of Vegvisr where it is connected."""

import logging

from domain.graphs import Reading, read, words
from knowledge_bridge.picture import card as drawn
from knowledge_bridge.vegvisr import Vegvisr
from records import graphs as records
from records.db import Db
from schema.graphs import Graph, GraphCard, GraphList, GraphSummary
from schema.refusals import Refused
from schema.rpc import GraphQuestion, GraphsQuestion

log = logging.getLogger("reading")


async def card(db: Db, vegvisr: Vegvisr | None, asked: GraphQuestion) -> GraphCard:
    """Refuses: graph_not_found, broken."""
    return drawn(asked.graph_id, await _reading(db, vegvisr, asked))


async def graph(db: Db, vegvisr: Vegvisr | None, asked: GraphQuestion) -> Graph:
    """Refuses: graph_not_found, broken."""
    return Graph(**(await _reading(db, vegvisr, asked)).graph)


async def graphs(db: Db, vegvisr: Vegvisr | None, asked: GraphsQuestion) -> GraphList:
    """Graphs whose titles hold the words of the query, newest first; without a query our own."""
    looked_for = words(asked.query)
    ours = await records.headings(db, asked.community_id, looked_for, asked.limit)
    found = [GraphSummary(**heading) for heading in ours]
    if vegvisr and looked_for:
        found = _merged(found, await _theirs(vegvisr, " ".join(looked_for), asked.limit))
    return GraphList(graphs=found[: asked.limit])


async def _reading(db: Db, vegvisr: Vegvisr | None, asked: GraphQuestion) -> Reading:
    row = await records.graph(db, asked.community_id, asked.graph_id)
    if row:
        return read(row)
    reading = await vegvisr.graph(asked.graph_id) if vegvisr else None
    if reading is None:
        raise Refused("graph_not_found")
    return reading


async def _theirs(vegvisr: Vegvisr, query: str, limit: int) -> list[GraphSummary]:
    try:
        return await vegvisr.search(query, limit)
    except Refused as no:
        log.warning("Search goes on without Vegvisr: %s", no.detail)
        return []


def _merged(ours: list[GraphSummary], theirs: list[GraphSummary]) -> list[GraphSummary]:
    own = {one.id for one in ours}
    both = ours + [one for one in theirs if one.id not in own]
    return sorted(both, key=lambda one: one.updated_at, reverse=True)
