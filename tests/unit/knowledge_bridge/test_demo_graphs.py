"""The demo's graphs are graphs that a client could save."""

import json
from pathlib import Path

import pytest

from domain.graphs import UUID4, checked
from knowledge_bridge.picture import COLOR, PLAIN, picture

FILES = sorted((Path(__file__).parents[3] / "demo" / "graphs").glob("*.json"))


def test_there_is_a_handful() -> None:
    assert 3 <= len(FILES) <= 9


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:8])
def test_a_demo_graph_is_new_whole_and_coloured(file: Path) -> None:
    graph = checked(json.loads(file.read_text("utf-8")))
    assert UUID4.fullmatch(file.stem)
    assert graph["metadata"]["version"] == 0
    assert 8 <= len(graph["nodes"]) <= 25
    assert all(COLOR.fullmatch(node["color"]) for node in graph["nodes"])
    nodes, edges = picture(graph)
    assert len(nodes) == len(graph["nodes"])
    assert len(edges) == len(graph["edges"])
    assert len({(node.x, node.y) for node in nodes}) == len(nodes)
    assert PLAIN not in {node.color for node in nodes}
