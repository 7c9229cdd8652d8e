"""Graphs: what one must look like, and which version comes next."""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from schema.graphs import GraphSummary
from schema.ids import Millis
from schema.refusals import Refused
from schema.rows import GraphRow
from schema.rpc import SaveGraph
from schema.wire import Person

NODES = 2_000
EDGES = 6_000
GRAPH_BYTES = 1_000_000
TITLE_LENGTH = 200
DESCRIPTION_LENGTH = 5_000
ID_LENGTH = 200
WORDS = 8
WORD_LENGTH = 40
AUTHORSHIP = ("createdBy", "userId")
UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Reading:
    """A graph as it was read. `graph["metadata"]["version"]` is the stored version."""

    graph: dict[str, Any]
    updated_at: Millis


def read(row: GraphRow) -> Reading:
    graph: dict[str, Any] = json.loads(row["data"])
    graph["metadata"]["version"] = row["version"]
    return Reading(graph, row["updated_at"])


def summary(graph_id: str, reading: Reading) -> GraphSummary:
    return GraphSummary(
        id=graph_id,
        title=reading.graph["metadata"]["title"],
        description=reading.graph["metadata"]["description"],
        node_count=len(reading.graph["nodes"]),
        edge_count=len(reading.graph["edges"]),
        updated_at=reading.updated_at,
    )


def words(query: str) -> list[str]:
    """What to look for in titles: each of these, at most WORDS of them."""
    return [word[:WORD_LENGTH] for word in unicodedata.normalize("NFC", query).split()[:WORDS]]


# Saving


def revised(asked: SaveGraph, stored: GraphRow | None, author: Person, now: Millis) -> GraphRow:
    """The row that this save makes. Refuses: bad_fields, too_long, version_conflict.

    Who made a graph is what we stored when it was new, never what a client says.
    """
    graph = checked(asked.graph)
    metadata: dict[str, Any] = graph["metadata"]
    version = next_version(stored["version"] if stored else 0, metadata["version"])
    if stored is None and not UUID4.fullmatch(asked.graph_id):
        raise _bad("A new graph's id is a UUID v4.")
    made_by = read(stored).graph["metadata"] if stored else {}
    if stored is None:
        made_by = {"createdBy": author.name, "userId": author.id}
    for key in AUTHORSHIP:
        metadata.pop(key, None)
        if key in made_by:
            metadata[key] = made_by[key]
    metadata["version"] = version
    return GraphRow(
        id=asked.graph_id,
        community_id=asked.community_id,
        created_by=stored["created_by"] if stored else author.id,
        title=metadata["title"],
        version=version,
        data=as_text(graph),
        created_at=stored["created_at"] if stored else now,
        updated_at=now,
    )


def next_version(stored: int, read_at: int) -> int:
    """One more than the stored version, 0 for a new graph, if that is the one that was read."""
    if read_at != stored:
        raise Refused("version_conflict")
    return stored + 1


def checked(graph: dict[str, Any]) -> dict[str, Any]:
    """The graph as it is kept: metadata, nodes, edges. Refuses: bad_fields, too_long."""
    nodes = [_node(node) for node in _list(graph, "nodes", NODES)]
    edges = [_edge(edge) for edge in _list(graph, "edges", EDGES)]
    ids = _unique("node", nodes)
    _unique("edge", edges)
    for edge in edges:
        if edge["source"] not in ids or edge["target"] not in ids:
            raise _bad(f"Edge {edge['id']!r} needs two nodes that exist.")
    kept = {"metadata": _metadata(graph.get("metadata")), "nodes": nodes, "edges": edges}
    as_text(kept)
    return kept


def as_text(graph: dict[str, Any]) -> str:
    """A graph as JSON text of at most GRAPH_BYTES. Refuses: bad_fields, too_long."""
    try:
        text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        size = len(text.encode())
    except (ValueError, RecursionError):
        raise _bad("A graph is plain JSON: finite numbers, whole characters.") from None
    if size > GRAPH_BYTES:
        raise Refused("too_long", f"A graph has at most {GRAPH_BYTES:,} bytes.")
    return text


def _bad(detail: str) -> Refused:
    return Refused("bad_fields", detail[:300])


def _metadata(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _bad("A graph has metadata.")
    title = _text(found, "title", TITLE_LENGTH)
    title = unicodedata.normalize("NFC", " ".join(title.split()))
    version = found.get("version", 0)
    if not title:
        raise _bad("A graph has a title.")
    if type(version) is not int or version < 0:
        raise _bad("metadata.version is a whole number from 0.")
    description = _text(found, "description", DESCRIPTION_LENGTH)
    return {**found, "title": title, "description": description, "version": version}


def _node(found: object) -> dict[str, Any]:
    if not isinstance(found, dict) or not _text(found, "id", ID_LENGTH):
        raise _bad("A node has an id.")
    for key in ("label", "type", "color"):
        _text(found, key, GRAPH_BYTES)
    return dict(found)


def _edge(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _bad("An edge has a source and a target.")
    source, target = _text(found, "source", ID_LENGTH), _text(found, "target", ID_LENGTH)
    return {"id": f"{source}_{target}", "source": source, "target": target}


def _list(graph: dict[str, Any], key: str, most: int) -> list[Any]:
    found = graph.get(key)
    if not isinstance(found, list):
        raise _bad(f"A graph has a list of {key}.")
    if len(found) > most:
        raise Refused("too_long", f"A graph has at most {most:,} {key}.")
    return found


def _text(found: dict[str, Any], key: str, most: int) -> str:
    text = found.get(key)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise _bad(f"{key} is text.")
    if len(text) > most:
        raise Refused("too_long", f"{key} has at most {most:,} characters.")
    return text


def _unique(noun: str, found: list[dict[str, Any]]) -> set[str]:
    ids: set[str] = set()
    for one in found:
        if one["id"] in ids:
            raise _bad(f"Two {noun}s have the id {one['id']!r}.")
        ids.add(one["id"])
    return ids
