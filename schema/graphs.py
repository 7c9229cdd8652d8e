"""Knowledge graphs over HTTP: what a reader gets, and what a writer sends."""

from typing import Annotated, Any

from pydantic import StringConstraints

from schema.http import Body
from schema.ids import Id, Millis, Ref


class GraphNode(Body):
    """A node of the small picture; `x` and `y` lie between 0 and 1."""

    id: str
    label: str
    color: str
    x: float
    y: float


class GraphEdge(Body):
    source: str
    target: str


class GraphCard(Body):
    """A graph as its reader sees it: words, counts and a picture of at most 60 nodes."""

    id: Id
    title: str
    description: str
    version: int
    node_count: int
    edge_count: int
    updated_at: Millis
    nodes: list[GraphNode]
    edges: list[GraphEdge]


class GraphSummary(Body):
    id: Id
    title: str
    description: str
    node_count: int
    edge_count: int
    updated_at: Millis


class GraphList(Body):
    graphs: list[GraphSummary]


class Graph(Body):
    """A whole graph in the shape of a Vegvisr graph. `metadata.version` is the stored version."""

    metadata: dict[str, Any]
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


class SavedGraph(Body):
    id: Id
    version: int


class ShareGraph(Body):
    """Share a graph in a room, with a comment. The same `ref` again gives the first message."""

    ref: Ref
    graph_id: Id
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
