"""Knowledge graphs: a list, a card, a whole, and sharing one in a room as a reference."""

import asyncio
import uuid
from typing import Any

import pytest

from schema import wire
from schema.graphs import GraphCard
from schema.http import PostedMessage
from tests.cast import World
from tests.person import Person
from tests.place import refused
from tests.sight import sees_ref


def graph(title: str = "Garden beds", version: int = 0) -> dict[str, Any]:
    return {
        "metadata": {"title": title, "description": "What grows where", "version": version},
        "nodes": [
            {"id": "bed-1", "label": "Bed 1", "type": "fulltext", "info": "Facing south"},
            {"id": "tomato", "label": "Tomaten", "type": "notes"},
            {"id": "water", "label": "Vatn", "type": "notes"},
        ],
        "edges": [
            {"id": "e1", "source": "bed-1", "target": "tomato"},
            {"id": "e2", "source": "tomato", "target": "water", "label": "needs"},
        ],
    }


async def saves(person: Person, title: str = "Garden beds") -> str:
    """Save a new graph; its id."""
    graph_id = str(uuid.uuid4())
    answer = await person.asks("PUT", f"/api/graphs/{graph_id}", json=graph(title))
    assert (answer.status_code, answer.json()) == (200, {"id": graph_id, "version": 1})
    return graph_id


def sharing(graph_id: str, ref: str = "share-1") -> dict[str, str]:
    return {"ref": ref, "graph_id": graph_id, "comment": "Have a look."}


async def test_a_saved_graph_is_listed_drawn_and_read_whole(world: World) -> None:
    graph_id = await saves(world.ada)
    [summary] = (await world.finn.gets("/api/graphs"))["graphs"]
    assert (summary["id"], summary["title"]) == (graph_id, "Garden beds")
    assert (summary["node_count"], summary["edge_count"]) == (3, 2)
    card = GraphCard.model_validate(await world.finn.gets(f"/api/graphs/{graph_id}"))
    assert {node.label for node in card.nodes} == {"Bed 1", "Tomaten", "Vatn"}
    assert all(0 <= node.x <= 1 and 0 <= node.y <= 1 for node in card.nodes)
    edges = {(edge.source, edge.target) for edge in card.edges}
    assert edges == {("bed-1", "tomato"), ("tomato", "water")}
    whole = await world.finn.gets(f"/api/graphs/{graph_id}/whole")
    assert whole["nodes"] == graph()["nodes"]
    assert whole["metadata"]["version"] == 1


async def test_a_list_holds_the_words_that_were_asked_for(world: World) -> None:
    await saves(world.ada, "Þorrablót: matur")
    assert len((await world.edda.gets("/api/graphs", q="ÞORRABLÓT"))["graphs"]) == 1
    assert (await world.edda.gets("/api/graphs", q="bread"))["graphs"] == []


async def test_a_shared_graph_is_a_message_that_holds_a_reference(world: World) -> None:
    ada, ben = world.ada, world.ben
    graph_id = await saves(ada)
    await ben.opens(world.commons)
    path = f"/api/rooms/{world.commons}/graphs"
    answer = await ada.asks("POST", path, json=sharing(graph_id))
    assert answer.status_code == 201, answer.text
    posted = PostedMessage.model_validate(answer.json())
    heard = await ben.until(sees_ref("share-1", ada))
    assert (heard.seq, heard.message) == (posted.seq, posted.message)
    assert heard.message.message_type == "graph"
    assert heard.message.content == "Have a look."
    assert heard.message.metadata == {"graph_id": graph_id}
    [row] = await world.copied(world.commons, messages=1)
    assert row["message_type"] == "graph"


async def test_the_same_reference_shares_a_graph_once(world: World) -> None:
    graph_id = await saves(world.ada)
    path = f"/api/rooms/{world.commons}/graphs"
    answers = await asyncio.gather(
        *[world.ada.asks("POST", path, json=sharing(graph_id)) for _ in range(3)]
    )
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
    [event] = (await world.ada.reads(world.commons)).events
    assert isinstance(event, wire.MessagePosted) and event.ref == "share-1"


async def test_an_unknown_graph_is_not_shared(world: World) -> None:
    await saves(world.ada)
    path = f"/api/rooms/{world.commons}/graphs"
    answer = await world.ada.asks("POST", path, json=sharing("no-such-graph"))
    assert refused(answer).code == "graph_not_found"
    assert (await world.ada.reads(world.commons)).events == []
    assert refused(await world.ada.asks("GET", "/api/graphs/no-such-graph")).status == 404


async def test_a_visitor_reads_a_graph_but_does_not_share_it(world: World) -> None:
    graph_id = await saves(world.ada)
    path = f"/api/rooms/{world.commons}/graphs"
    answer = await world.finn.asks("POST", path, json=sharing(graph_id))
    assert refused(answer).code == "join_first"


async def test_no_graph_of_ours_exists_for_dov(world: World) -> None:
    graph_id = await saves(world.ada)
    await world.dov.signs_in()
    for dov, code in ((world.dov, "graph_not_found"), (world.dov.visiting(world.here), "")):
        for path in (f"/api/graphs/{graph_id}", f"/api/graphs/{graph_id}/whole"):
            problem = refused(await dov.asks("GET", path))
            assert problem.code == (code or "not_signed_in")
    assert (await world.dov.gets("/api/graphs"))["graphs"] == []
    away = world.dov.visiting(world.here)
    assert refused(await away.asks("GET", "/api/graphs")).code == "not_signed_in"
    answer = await away.asks("PUT", f"/api/graphs/{graph_id}", json=graph("Mine", version=1))
    assert refused(answer).code == "not_signed_in"
    path = f"/api/rooms/{world.far_room}/graphs"
    answer = await world.dov.asks("POST", path, json=sharing(graph_id))
    assert refused(answer).code == "graph_not_found"


async def test_dov_cannot_take_the_id_of_our_graph(world: World) -> None:
    graph_id = await saves(world.ada)
    answer = await world.dov.asks("PUT", f"/api/graphs/{graph_id}", json=graph("Mine"))
    assert answer.status_code == 409, answer.text
    assert (await world.ada.gets(f"/api/graphs/{graph_id}"))["title"] == "Garden beds"


async def test_who_saves_over_a_newer_version_is_told_so(world: World) -> None:
    path = f"/api/graphs/{await saves(world.ada)}"
    answers = await asyncio.gather(
        world.ada.asks("PUT", path, json=graph("Hers", version=1)),
        world.ben.asks("PUT", path, json=graph("His", version=1)),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [late] = [answer for answer in answers if answer.status_code == 409]
    assert refused(late).code == "version_conflict"
    assert (await world.cleo.gets(path))["version"] == 2


def nested(depth: int) -> Any:
    """Lists in each other, for a place in a graph that is three deep itself."""
    value: Any = "end"
    for _ in range(depth - 3):
        value = [value]
    return value


async def test_a_graph_is_nested_thirty_deep_and_no_deeper(world: World) -> None:
    path = f"/api/graphs/{uuid.uuid4()}"
    deep = {**graph(), "nodes": [{"id": "deep", "info": nested(30)}], "edges": []}
    answer = await world.ada.asks("PUT", path, json=deep)
    assert answer.status_code == 200, answer.text
    assert (await world.ada.gets(f"{path}/whole"))["nodes"] == deep["nodes"]
    for depth in (31, 50, 150):
        for place in ("nodes", "metadata"):
            too_deep = graph(version=1)
            inside = too_deep[place][0] if place == "nodes" else too_deep[place]
            inside["info"] = nested(depth + (place == "metadata"))
            problem = refused(await world.ada.asks("PUT", path, json=too_deep))
            assert problem.code == "bad_fields" and "30 deep" in problem.detail


@pytest.mark.parametrize(
    "bad",
    [
        {"nodes": [{"id": "a"}, {"id": "a"}]},
        {"edges": [{"source": "bed-1", "target": "nowhere"}]},
        {"metadata": {"version": 0}},
        {"extra": 1},
    ],
)
async def test_a_graph_that_does_not_hold_together_is_not_saved(
    world: World, bad: dict[str, Any]
) -> None:
    answer = await world.ada.asks("PUT", "/api/graphs/odd", json={**graph(), **bad})
    assert refused(answer).code == "bad_fields"
