"""The small picture of a graph: who is in it, and where each one stands."""

import cmath
import math
import re
from typing import Any

from domain.graphs import Reading, summary
from schema.graphs import GraphCard, GraphEdge, GraphNode

NODES = 60
LINES = 300
LABEL_LENGTH = 40
COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
PLAIN = "#7a8699"
FARTHEST = 1e9
NEAREST = 1e-6
STEPS = 25


def card(graph_id: str, reading: Reading) -> GraphCard:
    """A graph as a reader sees it in a room."""
    nodes, edges = picture(reading.graph)
    head = summary(graph_id, reading).model_dump()
    version = reading.graph["metadata"]["version"]
    return GraphCard(**head, version=version, nodes=nodes, edges=edges)


def picture(graph: dict[str, Any]) -> tuple[list[GraphNode], list[GraphEdge]]:
    """The most connected of the visible nodes, in that order, and one line between each pair."""
    seen = {node["id"]: node for node in graph["nodes"] if node.get("visible") is not False}
    lines = _lines(graph["edges"], set(seen))
    degree = dict.fromkeys(seen, 0)
    for line in lines:
        for end in line:
            degree[end] += 1
    picked = sorted(seen, key=lambda name: -degree[name])[:NODES]
    drawn = set(picked)
    lines = [line for line in lines if drawn.issuperset(line)][:LINES]
    places = _fitted(_places([seen[name] for name in picked], lines))
    nodes = [_drawn(seen[name], at) for name, at in zip(picked, places, strict=True)]
    return nodes, [GraphEdge(source=source, target=target) for source, target in lines]


def _places(nodes: list[dict[str, Any]], lines: list[tuple[str, str]]) -> list[complex]:
    """Where the author put them; our own layout when somebody has no place or all share one."""
    places = [_position(node) for node in nodes]
    given = [place for place in places if place is not None]
    if len(given) < len(places) or _spread(given) < NEAREST:
        return _laid_out([node["id"] for node in nodes], lines)
    return given


def _lines(edges: list[dict[str, Any]], ids: set[str]) -> list[tuple[str, str]]:
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for edge in edges:
        source, target = edge["source"], edge["target"]
        if source != target and source in ids and target in ids:
            pairs.setdefault(frozenset((source, target)), (source, target))
    return list(pairs.values())


def _position(node: dict[str, Any]) -> complex | None:
    found = node.get("position")
    if not isinstance(found, dict):
        return None
    x: Any = found.get("x")
    y: Any = found.get("y")
    if type(x) not in (int, float) or type(y) not in (int, float):
        return None
    return complex(x, y) if abs(x) <= FARTHEST and abs(y) <= FARTHEST else None


def _spread(places: list[complex]) -> float:
    if not places:
        return 0
    width = max(p.real for p in places) - min(p.real for p in places)
    height = max(p.imag for p in places) - min(p.imag for p in places)
    return max(width, height)


def _fitted(places: list[complex]) -> list[complex]:
    """The same places between 0 and 1, in the middle, neither stretched nor squeezed."""
    size = _spread(places)
    if size < NEAREST:
        return [0.5 + 0.5j] * len(places)
    left, right = min(p.real for p in places), max(p.real for p in places)
    top, bottom = min(p.imag for p in places), max(p.imag for p in places)
    middle = complex((left + right) / 2, (top + bottom) / 2)
    return [(p - middle) / size + (0.5 + 0.5j) for p in places]


def _laid_out(ids: list[str], lines: list[tuple[str, str]]) -> list[complex]:
    """Places from a circle on which neighbours pull and all others push; always the same ones."""
    count = len(ids)
    index = {name: i for i, name in enumerate(ids)}
    springs = [(index[source], index[target]) for source, target in lines]
    places = [cmath.rect(1, math.tau * i / max(count, 1)) for i in range(count)]
    for step in range(STEPS):
        most = 0.3 * (1 - step / STEPS)
        forces = _forces(places, springs)
        places = [
            p + f * min(1, most / max(abs(f), NEAREST)) for p, f in zip(places, forces, strict=True)
        ]
    return places


def _forces(places: list[complex], springs: list[tuple[int, int]]) -> list[complex]:
    rest = 2 / math.sqrt(max(len(places), 1))
    closest = rest**2
    forces = [-place * rest for place in places]
    for i, place in enumerate(places):
        for j in range(i):
            apart = place - places[j]
            push = apart * (closest / max(apart.real**2 + apart.imag**2, NEAREST))
            forces[i] += push
            forces[j] -= push
    for i, j in springs:
        pull = (places[i] - places[j]) * abs(places[i] - places[j]) / rest
        forces[i] -= pull
        forces[j] += pull
    return forces


def _drawn(node: dict[str, Any], at: complex) -> GraphNode:
    label = " ".join((node.get("label") or "").split())
    color = node.get("color") or ""
    return GraphNode(
        id=node["id"],
        label=label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…",
        color=color.lower() if COLOR.fullmatch(color) else PLAIN,
        x=round(min(max(at.real, 0), 1), 4),
        y=round(min(max(at.imag, 0), 1), 4),
    )
