"""What a graph must look like, and which version comes next."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.graphs import EDGES, GRAPH_BYTES, NODES, checked, next_version, read, revised, words
from schema.refusals import Refused
from schema.rows import GraphRow
from schema.rpc import SaveGraph
from schema.wire import Person

ADA = Person(id="ada", name="Ada")
BEN = Person(id="ben", name="Ben")
GRAPH_ID = "3ceaaf30-8142-48ea-91d9-3080f9b439fc"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
KEYS = ("metadata", "nodes", "edges", "id", "source", "target", "title", "version", "label")
ALMOST_GRAPHS = st.fixed_dictionaries(
    {},
    optional={
        "metadata": JSON | st.dictionaries(st.sampled_from(KEYS), JSON),
        "nodes": JSON | st.lists(st.dictionaries(st.sampled_from(KEYS), JSON), max_size=4),
        "edges": JSON | st.lists(st.dictionaries(st.sampled_from(KEYS), JSON), max_size=4),
    },
)


@st.composite
def sound_graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Nodes with ids of their own, odd fields, and edges between them."""
    whole = st.characters(exclude_categories=["Cs"])
    ids = draw(st.lists(st.uuids().map(str), unique=True, max_size=8))
    fields = st.dictionaries(st.text(whole, min_size=3, max_size=3), st.integers() | st.text(whole))
    nodes = [{**draw(fields), "id": node_id} for node_id in ids]
    pairs = [(a, b) for a in ids for b in ids]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return {
        "metadata": {"title": "Any", "version": draw(st.integers(0, 99))},
        "nodes": nodes,
        "edges": [{"source": source, "target": target} for source, target in edges],
    }


def graph(**changes: Any) -> dict[str, Any]:
    """Two nodes and an edge, as a Vegvisr client sends them."""
    whole: dict[str, Any] = {
        "metadata": {"title": "Garden", "description": "Beds", "version": 0},
        "nodes": [{"id": "soil", "type": "fulltext"}, {"id": "water", "type": "never-seen"}],
        "edges": [{"id": "e1", "source": "soil", "target": "water", "label": "needs"}],
    }
    return {**whole, **changes}


def saved(whole: dict[str, Any], graph_id: str = GRAPH_ID) -> SaveGraph:
    return SaveGraph(person_id="ada", community_id="aurora", graph_id=graph_id, graph=whole)


def code_of(whole: dict[str, Any]) -> str:
    with pytest.raises(Refused) as no:
        checked(whole)
    return no.value.code


def test_a_graph_is_kept_with_plain_edges_and_nothing_beside_it() -> None:
    kept = checked(graph(created_date="2026-11-01"))
    assert set(kept) == {"metadata", "nodes", "edges"}
    assert kept["edges"] == [{"id": "soil_water", "source": "soil", "target": "water"}]


def test_fields_of_nodes_and_unknown_types_stay() -> None:
    node = {"id": "a", "type": "hologram", "bibl": ["x"], "position": {"x": 1, "y": 2}}
    assert checked(graph(nodes=[node], edges=[]))["nodes"] == [node]


@pytest.mark.parametrize(
    "changes",
    [
        {"metadata": None},
        {"metadata": {"title": " \n"}},
        {"metadata": {"title": 7}},
        {"metadata": {"title": "x", "version": "1"}},
        {"metadata": {"title": "x", "version": True}},
        {"metadata": {"title": "x", "version": -1}},
        {"nodes": {}},
        {"nodes": ["soil"]},
        {"nodes": [{"id": ""}]},
        {"nodes": [{"id": 1}]},
        {"nodes": [{"id": "soil"}, {"id": "water"}, {"id": "soil"}]},
        {"nodes": [{"id": "soil", "label": ["no"]}, {"id": "water"}]},
        {"edges": None},
        {"edges": ["soil_water"]},
        {"edges": [{"source": "soil"}]},
        {"edges": [{"source": "soil", "target": "nowhere"}]},
        {"edges": [{"source": "soil", "target": "water"}] * 2},
        {"nodes": [{"id": "soil", "size": float("nan")}], "edges": []},
        {"nodes": [{"id": "soil", "info": "\ud800"}], "edges": []},
    ],
)
def test_a_graph_of_another_shape_is_refused(changes: dict[str, Any]) -> None:
    assert checked(graph())
    assert code_of(graph(**changes)) == "bad_fields"


@pytest.mark.parametrize(
    "changes",
    [
        {"metadata": {"title": "x" * 201}},
        {"metadata": {"title": "x", "description": "x" * 5_001}},
        {"nodes": [{"id": "x" * 201}], "edges": []},
        {"nodes": [{"id": str(i)} for i in range(NODES + 1)], "edges": []},
        {"edges": [{"source": "soil", "target": "water"}] * (EDGES + 1)},
        {"nodes": [{"id": "soil", "info": "å" * (GRAPH_BYTES // 2)}], "edges": []},
    ],
)
def test_a_graph_has_bounds(changes: dict[str, Any]) -> None:
    assert code_of(graph(**changes)) == "too_long"


@given(sound_graphs())
@settings(deadline=None)
def test_every_sound_graph_is_kept(found: dict[str, Any]) -> None:
    kept = checked(found)
    assert kept["nodes"] == found["nodes"]
    ends = [(edge["source"], edge["target"]) for edge in kept["edges"]]
    assert ends == [(edge["source"], edge["target"]) for edge in found["edges"]]
    assert checked(kept) == kept


@given(ALMOST_GRAPHS)
@settings(deadline=None)
def test_whatever_comes_is_kept_whole_or_refused(found: dict[str, Any]) -> None:
    outcome = "kept"
    try:
        kept = checked(found)
    except Refused as no:
        outcome = no.code
    assert outcome in {"kept", "bad_fields", "too_long"}
    if outcome != "kept":
        return
    ids = {node["id"] for node in kept["nodes"]}
    assert len(ids) == len(found["nodes"])
    assert all({edge["source"], edge["target"]} <= ids for edge in kept["edges"])
    assert json.loads(json.dumps(kept)) == checked(kept)


def test_the_version_read_is_the_version_stored() -> None:
    assert next_version(0, 0) == 1
    assert next_version(7, 7) == 8


@pytest.mark.parametrize(("stored", "read_at"), [(0, 1), (1, 0), (7, 6), (7, 8)])
def test_another_version_is_a_conflict(stored: int, read_at: int) -> None:
    with pytest.raises(Refused) as no:
        next_version(stored, read_at)
    assert no.value.code == "version_conflict"


def first() -> GraphRow:
    return revised(saved(graph()), None, ADA, 1_000)


def test_a_new_graph_is_version_one_and_its_author_is_who_asked() -> None:
    claims = {"title": "  Garden\tof  Eden ", "version": 0, "createdBy": "Root", "userId": "root"}
    row = revised(saved(graph(metadata=claims)), None, ADA, 1_000)
    assert (row["version"], row["title"], row["created_by"]) == (1, "Garden of Eden", "ada")
    metadata = read(row).graph["metadata"]
    assert (metadata["version"], metadata["createdBy"], metadata["userId"]) == (1, "Ada", "ada")


def test_a_change_keeps_its_beginning_and_its_author() -> None:
    row = revised(saved(graph(metadata={"title": "Later", "version": 1})), first(), BEN, 2_000)
    assert (row["version"], row["created_by"]) == (2, "ada")
    assert (row["created_at"], row["updated_at"]) == (1_000, 2_000)
    assert read(row).graph["metadata"]["createdBy"] == "Ada"


def test_a_change_of_an_older_version_is_a_conflict() -> None:
    with pytest.raises(Refused) as no:
        revised(saved(graph(metadata={"title": "Later", "version": 0})), first(), BEN, 2_000)
    assert no.value.code == "version_conflict"


@pytest.mark.parametrize(
    "graph_id", ["garden", GRAPH_ID.upper(), "0193ab00-0000-7000-8000-000000000000"]
)
def test_a_new_id_is_a_uuid_v4(graph_id: str) -> None:
    assert first()["id"] == GRAPH_ID
    with pytest.raises(Refused) as no:
        revised(saved(graph(), graph_id), None, ADA, 1_000)
    assert no.value.code == "bad_fields"


def test_words_of_a_query_are_few_short_and_composed() -> None:
    assert words("  grønn\u00a0 a\u030a ") == ["grønn", "å"]
    assert [len(word) for word in words("x" * 99 + " a" * 20)] == [40, *[1] * 7]
