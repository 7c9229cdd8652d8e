"""Knowledge graphs: what may be shared, one graph for its reader, and sharing it in a room."""

from typing import Annotated

from fastapi import Path, Query

from access.asker import Asker, Someone
from chat.rooms import RoomId
from domain.depth import GRAPH_DEPTH, deeper
from edge import rooms, rpc
from edge.routing import routes
from schema.graphs import Graph, GraphCard, GraphList, SavedGraph, ShareGraph
from schema.http import PostedMessage
from schema.ids import ID_PATTERN
from schema.refusals import Refused
from schema.rpc import GraphQuestion, GraphsQuestion, Post, SaveGraph
from schema.wire import MessagePosted

router = routes("/api")
GraphId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.get("/graphs")
async def graph_list(asker: Someone, q: Annotated[str, Query(max_length=100)] = "") -> GraphList:
    """Asks for `read_graph`, in the bridge."""
    question = GraphsQuestion(
        person_id=asker.person["id"], community_id=asker.community.community_id, query=q
    )
    return await rpc.ask(asker.env.KNOWLEDGE, "graphs", question, GraphList)


@router.get("/graphs/{graph_id}")
async def graph_card(graph_id: GraphId, asker: Someone) -> GraphCard:
    """What a card in a room shows to this reader. Asks for `read_graph`, in the bridge."""
    return await rpc.ask(asker.env.KNOWLEDGE, "card", question(asker, graph_id), GraphCard)


@router.get("/graphs/{graph_id}/whole")
async def whole_graph(graph_id: GraphId, asker: Someone) -> Graph:
    """Asks for `read_graph`, in the bridge."""
    return await rpc.ask(asker.env.KNOWLEDGE, "graph", question(asker, graph_id), Graph)


@router.put("/graphs/{graph_id}")
async def save_graph(graph_id: GraphId, body: Graph, asker: Someone) -> SavedGraph:
    """`metadata.version` is the version it was read at, 0 for a new one. Asks for `save_graph`."""
    if deeper([body.metadata, body.nodes, body.edges], GRAPH_DEPTH):
        raise Refused("bad_fields", f"A graph is nested at most {GRAPH_DEPTH} deep.")
    save = SaveGraph(**question(asker, graph_id).model_dump(), graph=body.model_dump())
    return await rpc.ask(asker.env.KNOWLEDGE, "save", save, SavedGraph)


@router.post("/rooms/{room_id}/graphs", status_code=201)
async def share_graph(room_id: RoomId, body: ShareGraph, asker: Someone) -> PostedMessage:
    """A message of type `graph` that holds a reference. Asks for `share_graph` and `read_graph`.

    Refuses: guidelines_first.
    """
    admission = await asker.may("share_graph", room_id)
    card = await rpc.ask(asker.env.KNOWLEDGE, "card", question(asker, body.graph_id), GraphCard)
    post = Post(
        admission=admission,
        ref=body.ref,
        content=body.comment,
        message_type="graph",
        metadata={"graph_id": card.id},
    )
    posted = await rooms.ask(asker.env, room_id, "post_for", post, MessagePosted)
    return PostedMessage(seq=posted.seq, ref=posted.ref, message=posted.message)


def question(asker: Asker, graph_id: str) -> GraphQuestion:
    return GraphQuestion(
        person_id=asker.person["id"],
        community_id=asker.community.community_id,
        graph_id=graph_id,
    )
