"""The existing system, in the shapes that it answers in."""

from typing import Any

import httpx
import pytest
import respx

from knowledge_bridge.vegvisr import READ_SECONDS, SEARCH_SECONDS, Vegvisr
from schema.refusals import Refused

HOME = "https://knowledge.vegvisr.org"


def stored(**metadata: Any) -> dict[str, Any]:
    """What GET /getknowgraph answers: the graph, and its dates beside it."""
    return {
        "metadata": {
            "title": "Norse compass",
            "description": "Where the stave comes from",
            "createdBy": "tor",
            "version": 12,
            "category": "#History #Norse",
            "metaArea": "#NORSE",
            "publicationState": "published",
            "seoSlug": "norse-compass",
            **metadata,
        },
        "nodes": [
            {
                "id": "stave",
                "label": "# The stave",
                "color": "#f9f9f9",
                "type": "fulltext",
                "info": "An Icelandic magical stave.",
                "bibl": [],
                "imageWidth": None,
                "imageHeight": None,
                "visible": True,
                "position": {"x": 0, "y": 0},
                "path": None,
            },
            {"id": "huld", "label": None, "color": None, "type": "slideshow", "bibl": None},
        ],
        "edges": [
            {"id": "stave_huld", "source": "stave", "target": "huld"},
            {"id": "stave_huld", "source": "stave", "target": "huld"},
            {"id": "stave_gone", "source": "stave", "target": "gone"},
        ],
        "created_date": "2026-01-05 09:00:00",
        "updated_at": "2026-03-01T12:00:00.000Z",
    }


def found(*ids: str) -> dict[str, Any]:
    """What GET /searchGraphs answers."""
    results = [
        {
            "id": graph_id,
            "title": "Norse compass",
            "description": "",
            "category": "#History",
            "metaArea": "#NORSE",
            "nodeCount": 2,
            "nodeTypes": ["fulltext"],
            "updatedAt": "2026-03-01T12:00:00.000Z",
        }
        for graph_id in ids
    ]
    return {"results": results, "total": len(results)}


@pytest.fixture
def wire() -> respx.Router:
    return respx.Router(base_url=HOME)


@pytest.fixture
def vegvisr(wire: respx.Router) -> Vegvisr:
    transport = httpx.MockTransport(wire.async_handler)
    return Vegvisr(httpx.AsyncClient(base_url=HOME, transport=transport))


def graph_route(wire: respx.Router, graph_id: str = "norse") -> respx.Route:
    return wire.get("/getknowgraph", params={"id": graph_id})


async def test_a_published_graph_is_read(wire: respx.Router, vegvisr: Vegvisr) -> None:
    graph_route(wire).respond(json=stored())
    reading = await vegvisr.graph("norse")
    assert reading is not None
    assert set(reading.graph) == {"metadata", "nodes", "edges"}
    assert reading.graph["metadata"]["version"] == 12
    assert [node["id"] for node in reading.graph["nodes"]] == ["stave", "huld"]
    assert [edge["id"] for edge in reading.graph["edges"]] == ["stave_huld"]
    assert reading.updated_at == 1_772_366_400_000


async def test_a_date_without_a_zone_is_utc(wire: respx.Router, vegvisr: Vegvisr) -> None:
    graph_route(wire).respond(json={**stored(), "updated_at": "2026-03-01 12:00:00"})
    reading = await vegvisr.graph("norse")
    assert reading is not None
    assert reading.updated_at == 1_772_366_400_000


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, json={"error": "Graph not found."}),
        httpx.Response(403, json={"error": "Forbidden"}),
        httpx.Response(200, json=stored(publicationState="draft")),
        httpx.Response(200, json=stored(publicationState=None)),
        httpx.Response(200, json=stored(title="")),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"metadata": stored()["metadata"]}),
        httpx.Response(200, json={**stored(), "nodes": [{"id": ["odd"]}, 7], "edges": [7, {}]}),
    ],
)
async def test_what_is_hidden_or_no_graph_is_not_there(
    wire: respx.Router, vegvisr: Vegvisr, answer: httpx.Response
) -> None:
    route = graph_route(wire)
    route.return_value = answer
    assert await vegvisr.graph("norse") is None
    assert route.called


SILENCES = [
    httpx.Response(500, json={"error": "Server error"}),
    httpx.Response(302, headers={"location": "https://elsewhere.example"}),
    httpx.Response(200, text="<html>Just a moment…</html>"),
    httpx.Response(200, text="[" * 100_000),
    httpx.ReadTimeout("no answer in time"),
    httpx.ConnectError("Network connection lost."),
]


@pytest.mark.parametrize("silence", SILENCES)
async def test_silence_is_not_the_same_as_not_there(
    wire: respx.Router, vegvisr: Vegvisr, silence: httpx.Response | Exception
) -> None:
    graph_route(wire).mock(side_effect=[silence, httpx.Response(200, json=stored())])
    with pytest.raises(Refused) as no:
        await vegvisr.graph("norse")
    assert (no.value.code, "Vegvisr" in no.value.detail) == ("broken", True)
    assert await vegvisr.graph("norse")


async def test_a_search_finds_what_is_published(wire: respx.Router, vegvisr: Vegvisr) -> None:
    asked = wire.get("/searchGraphs", params={"q": "norse", "limit": 5})
    asked.respond(json=found("norse", "draft", "gone", "broken", "norse", "not an id", "-"))
    graph_route(wire).respond(json=stored())
    graph_route(wire, "draft").respond(json=stored(publicationState="draft"))
    graph_route(wire, "gone").respond(404)
    graph_route(wire, "broken").respond(500)
    [one] = await vegvisr.search("norse", 5)
    assert (one.id, one.title, one.node_count, one.edge_count) == ("norse", "Norse compass", 2, 1)


async def test_a_search_reads_at_most_ten(wire: respx.Router, vegvisr: Vegvisr) -> None:
    wire.get("/searchGraphs", params={"limit": 10}).respond(
        json=found(*[f"g{number}" for number in range(30)])
    )
    reads = wire.get("/getknowgraph").respond(json=stored())
    assert len(await vegvisr.search("norse", 100)) == 10
    assert reads.call_count == 10


async def test_a_search_waits_less_than_a_reader(wire: respx.Router, vegvisr: Vegvisr) -> None:
    wire.get("/searchGraphs").respond(json=found("norse"))
    graph_route(wire).respond(json=stored())
    await vegvisr.search("norse", 5)
    await vegvisr.graph("norse")
    waits = [call.request.extensions["timeout"]["read"] for call in wire.calls]
    assert waits == [SEARCH_SECONDS, SEARCH_SECONDS, READ_SECONDS]


@pytest.mark.parametrize(
    "junk", ["[]", "null", '{"results": 7}', '{"results": [7, {"id": ["a"]}, {"id": "a b"}, {}]}']
)
async def test_a_search_answered_with_junk_finds_nothing(
    wire: respx.Router, vegvisr: Vegvisr, junk: str
) -> None:
    searched = wire.get("/searchGraphs").respond(text=junk)
    assert await vegvisr.search("norse", 5) == []
    assert searched.called
