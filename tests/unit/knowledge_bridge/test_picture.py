"""The small picture of a graph."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.graphs import Reading
from knowledge_bridge.picture import LINES, NODES, PLAIN, card, picture

NUMBERS = st.floats() | st.integers() | st.booleans() | st.none() | st.just("7")
PLACES = st.none() | st.fixed_dictionaries({}, optional={"x": NUMBERS, "y": NUMBERS})


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Up to 80 nodes with odd places, colours and labels; edges between any two."""
    count = draw(st.integers(0, 80))
    nodes = [
        {
            "id": f"n{number}",
            "label": draw(st.none() | st.text(max_size=60)),
            "color": draw(st.sampled_from([None, "#Abc", "#12ab9F", "red", "url(//x)", "#12345"])),
            "visible": draw(st.sampled_from([True, True, None, False])),
            "position": draw(PLACES),
        }
        for number in range(count)
    ]
    ends = st.integers(0, max(count - 1, 0)).map(lambda number: f"n{number}")
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=120 if count else 0))
    return {"nodes": nodes, "edges": [{"source": a, "target": b} for a, b in pairs]}


def at(x: float, y: float, **fields: Any) -> dict[str, Any]:
    return {"id": f"{x}/{y}", "position": {"x": x, "y": y}, **fields}


def drawn(*nodes: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {node.id: (node.x, node.y) for node in picture({"nodes": list(nodes), "edges": []})[0]}


def ring(count: int, **fields: Any) -> dict[str, Any]:
    nodes = [{"id": f"n{number}", **fields} for number in range(count)]
    edges = [{"source": f"n{n}", "target": f"n{(n + 1) % count}"} for n in range(count)]
    return {"nodes": nodes, "edges": edges}


@given(graphs())
@settings(deadline=None, max_examples=40)
def test_any_graph_fits_into_the_frame(graph: dict[str, Any]) -> None:
    nodes, edges = picture(graph)
    ids = {node.id for node in nodes}
    hidden = {node["id"] for node in graph["nodes"] if node["visible"] is False}
    assert len(nodes) == len(ids) == min(NODES, len(graph["nodes"]) - len(hidden))
    assert not ids & hidden
    for node in nodes:
        assert 0 <= min(node.x, node.y) <= max(node.x, node.y) <= 1
        assert len(node.label) <= 40
        assert node.color in {PLAIN, "#abc", "#12ab9f"}
    assert all(edge.source in ids and edge.target in ids for edge in edges)
    assert (nodes, edges) == picture(graph)


def test_places_are_fitted_and_the_aspect_is_kept() -> None:
    assert drawn(at(-100, 0), at(300, 0), at(100, 200)) == {
        "-100/0": (0.0, 0.25),
        "300/0": (1.0, 0.25),
        "100/200": (0.5, 0.75),
    }


@pytest.mark.parametrize(
    "places",
    [
        {},
        {"position": {"x": 0, "y": 0}},
        {"position": {"x": math.inf, "y": 0}},
        {"position": {"x": True, "y": False}},
        {"position": "left"},
    ],
)
def test_without_places_a_layout_of_our_own_keeps_them_apart(places: dict[str, Any]) -> None:
    nodes, _ = picture(ring(12, **places))
    spots = [(node.x, node.y) for node in nodes]
    apart = [math.dist(a, b) for i, a in enumerate(spots) for b in spots[:i]]
    assert min(apart) > 0.05


def test_one_missing_place_lays_all_of_them_out() -> None:
    given_places = drawn(at(0, 0), at(10, 0))
    assert given_places == {"0/0": (0.0, 0.5), "10/0": (1.0, 0.5)}
    mixed = drawn(at(0, 0), at(10, 0), {"id": "lost"})
    assert len(set(mixed.values())) == 3


def test_neighbours_stand_closer_than_strangers() -> None:
    nodes, edges = picture(ring(16))
    spots = {node.id: (node.x, node.y) for node in nodes}
    near = [math.dist(spots[edge.source], spots[edge.target]) for edge in edges]
    every = [math.dist(a, b) for a in spots.values() for b in spots.values() if a != b]
    assert sum(near) / len(near) < 0.6 * sum(every) / len(every)


def test_nobody_and_somebody_alone() -> None:
    assert picture({"nodes": [], "edges": []}) == ([], [])
    assert drawn({"id": "alone"}) == {"alone": (0.5, 0.5)}
    assert drawn(at(70, -3)) == {"70/-3": (0.5, 0.5)}


def test_the_most_connected_are_drawn_first() -> None:
    lonely = [{"id": f"lonely{number}"} for number in range(200)]
    whole = ring(NODES)
    hub = [{"source": "n7", "target": f"n{n}"} for n in range(20, 40)]
    graph = {"nodes": lonely + whole["nodes"], "edges": whole["edges"] + hub}
    nodes, _ = picture(graph)
    assert nodes[0].id == "n7"
    assert {node.id for node in nodes} == {f"n{number}" for number in range(NODES)}


def test_a_line_is_drawn_once_and_lines_are_bounded() -> None:
    pair = {"nodes": [{"id": "a"}, {"id": "b"}, {"id": "c", "visible": False}]}
    ends = [("a", "b"), ("b", "a"), ("a", "a"), ("a", "c")]
    edges = [{"source": source, "target": target} for source, target in ends]
    [line] = picture({**pair, "edges": edges})[1]
    assert (line.source, line.target) == ("a", "b")
    everybody = [{"source": f"n{a}", "target": f"n{b}"} for a in range(40) for b in range(a)]
    assert len(picture({**ring(40), "edges": everybody})[1]) == LINES


def test_labels_are_cut_and_colours_are_checked() -> None:
    graph = {
        "nodes": [
            at(0, 0, label="x" * 41, color="#FFF"),
            at(1, 1, label="  two\n words ", color="rebeccapurple"),
        ],
        "edges": [],
    }
    long, short = picture(graph)[0]
    assert (long.label, long.color) == ("x" * 39 + "…", "#fff")
    assert (short.label, short.color) == ("two words", PLAIN)


def test_a_card_counts_all_that_is_there() -> None:
    graph = ring(90)
    graph["metadata"] = {"title": "Ring", "description": "Round", "version": 3}
    shown = card("3ceaaf30-8142-48ea-91d9-3080f9b439fc", Reading(graph, 5))
    assert (shown.title, shown.description, shown.version) == ("Ring", "Round", 3)
    assert (shown.node_count, shown.edge_count, len(shown.nodes)) == (90, 90, NODES)
    assert shown.updated_at == 5
