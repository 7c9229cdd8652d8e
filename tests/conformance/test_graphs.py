"""Chapter "Knowledge graphs": saving, reading, looking for and sharing them."""

import time
import uuid
from typing import Any

import pytest

from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community
from tests.conformance.witness import covers

Body = dict[str, Any]


def graph(title: str = "The beds", version: int = 0, nodes: int = 2, edges: int = 1) -> Body:
    """A graph of so many nodes and edges."""
    ends = [(i % nodes, (i + i // nodes + 1) % nodes) for i in range(edges)]
    return {
        "metadata": {"title": title, "version": version},
        "nodes": [{"id": f"n{i}", "label": f"N{i}"} for i in range(nodes)],
        "edges": [{"source": f"n{source}", "target": f"n{target}"} for source, target in ends],
    }


async def save(client: Client, body: Body, graph_id: str = "") -> str:
    """Save it; its id."""
    graph_id = graph_id or str(uuid.uuid4())
    answer = await client.asks("PUT", f"/api/graphs/{graph_id}", body)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"id": graph_id, "version": body["metadata"]["version"] + 1}
    return graph_id


@covers("route PUT /api/graphs/{graph_id}", "route GET /api/graphs/{graph_id}/whole")
@covers("route GET /api/graphs/{graph_id}", "limit GraphCard.nodes 60")
async def test_a_graph_is_saved_whole_and_shown_as_a_card(town: Community) -> None:
    ada = await town.client("ada")
    body = graph(nodes=61, edges=70)
    body["metadata"] |= {"description": "About", "season": ["spring"]}
    body["nodes"][0] |= {"kept": {"by": "its author"}}
    graph_id = await save(ada, body)
    whole = await ada.gets(f"/api/graphs/{graph_id}/whole")
    assert whole["nodes"] == body["nodes"]
    assert whole["metadata"]["season"] == ["spring"] and whole["metadata"]["version"] == 1
    card = await ada.gets(f"/api/graphs/{graph_id}")
    assert (card["id"], card["title"], card["description"]) == (graph_id, "The beds", "About")
    assert (card["node_count"], card["edge_count"], card["version"]) == (61, 70, 1)
    shown = {node["id"] for node in card["nodes"]}
    assert len(shown) == 60
    assert all({edge["source"], edge["target"]} <= shown for edge in card["edges"])
    assert all(0 <= node["x"] <= 1 and 0 <= node["y"] <= 1 for node in card["nodes"])
    assert abs(card["updated_at"] - time.time() * 1000) < 60_000


@covers("refusal version_conflict", "answer PUT /api/graphs/{graph_id} refuses version_conflict")
async def test_the_version_that_you_read_must_be_the_last(town: Community) -> None:
    ada, cleo = await town.client("ada"), await town.client("cleo")
    graph_id = await save(ada, graph())
    await save(cleo, graph(version=1), graph_id)
    for version in (0, 1, 3):
        again = await ada.asks("PUT", f"/api/graphs/{graph_id}", graph(version=version))
        refused(again, "version_conflict")
    await save(ada, graph(version=2), graph_id)


@covers("refusal too_long", "answer PUT /api/graphs/{graph_id} refuses too_long")
@covers("limit PUT /api/graphs/{graph_id} 2000", "limit PUT /api/graphs/{graph_id} 6000")
@pytest.mark.parametrize(("nodes", "edges"), [(2000, 1), (100, 6000)])
async def test_a_graph_has_its_size(town: Community, nodes: int, edges: int) -> None:
    ada = await town.client("ada")
    await save(ada, graph(nodes=nodes, edges=edges))
    more = graph(nodes=nodes + (nodes == 2000), edges=edges + (edges == 6000))
    refused(await ada.asks("PUT", f"/api/graphs/{uuid.uuid4()}", more), "too_long")


def nested(depth: int) -> Body:
    """A graph whose deepest object or list has so many around it, itself included."""
    body = graph()
    inner: list[Any] = []
    for _ in range(depth - 4):
        inner = [inner]
    body["nodes"][0]["deep"] = inner
    return body


@covers("limit PUT /api/graphs/{graph_id} 30")
async def test_a_graph_is_at_most_30_deep(town: Community) -> None:
    ada = await town.client("ada")
    await save(ada, nested(30))
    refused(await ada.asks("PUT", f"/api/graphs/{uuid.uuid4()}", nested(31)), "bad_fields")


async def test_an_edge_is_its_two_ends_and_nothing_else(town: Community) -> None:
    ada, body = await town.client("ada"), graph()
    body["edges"][0] |= {"id": "mine", "label": "feeds"}
    whole = await ada.gets(f"/api/graphs/{await save(ada, body)}/whole")
    edge = whole["edges"][0]
    assert edge == {"id": f"{edge['source']}_{edge['target']}"} | {
        end: body["edges"][0][end] for end in ("source", "target")
    }


async def test_what_a_graph_must_have(town: Community) -> None:
    ada = await town.client("ada")
    wrong = [graph() for _ in range(6)]
    del wrong[0]["metadata"]["title"]
    wrong[1]["metadata"]["version"] = -1
    del wrong[2]["nodes"][0]["id"]
    del wrong[3]["edges"][0]["source"]
    wrong[4]["edges"][0]["target"] = "nobody"
    wrong[5]["nodes"][0]["id"] = 5
    for index, body in enumerate(wrong):
        answer = await ada.asks("PUT", f"/api/graphs/{uuid.uuid4()}", body)
        assert answer.status_code == 422, (index, answer.text)
        refused(answer, "bad_fields")


async def test_a_new_graph_s_id_is_a_uuid_v4(town: Community) -> None:
    ada = await town.client("ada")
    for graph_id in ("beds", str(uuid.uuid1()), "0" * 32):
        refused(await ada.asks("PUT", f"/api/graphs/{graph_id}", graph()), "bad_fields")


@covers("route GET /api/graphs", "limit GET /api/graphs 30", "limit GET /api/graphs 100")
async def test_graphs_are_listed_and_looked_for(town: Community) -> None:
    ada = await town.client("ada")
    ids = [await save(ada, graph(f"Beds {index}")) for index in range(30)]
    listed = (await ada.gets("/api/graphs"))["graphs"]
    assert {each["id"] for each in listed} == {*ids}
    ids.append(await save(ada, graph("Water & Älvar 30")))
    listed = (await ada.gets("/api/graphs"))["graphs"]
    assert len(listed) == 30 and listed[0]["id"] == ids[30]
    times = [each["updated_at"] for each in listed]
    assert times == sorted(times, reverse=True)
    hits = (await ada.gets("/api/graphs", q="30 water"))["graphs"]
    assert [each["id"] for each in hits] == [ids[30]]
    assert (await ada.gets("/api/graphs", q="beds water"))["graphs"] == []
    assert (await ada.gets("/api/graphs", q="q" * 100))["graphs"] == []
    answer = await ada.asks("GET", "/api/graphs", params={"q": "q" * 101})
    assert refused(answer, "bad_fields")["fields"] == ["q"]


@covers("refusal graph_not_found", "answer GET /api/graphs/{graph_id} refuses graph_not_found")
@covers("answer GET /api/graphs/{graph_id}/whole refuses graph_not_found")
@covers("answer POST /api/rooms/{room_id}/graphs refuses graph_not_found")
async def test_a_graph_that_is_not_there(town: Community) -> None:
    ada, nothing = await town.client("ada"), str(uuid.uuid4())
    for path in (f"/api/graphs/{nothing}", f"/api/graphs/{nothing}/whole"):
        refused(await ada.asks("GET", path), "graph_not_found")
    share = {"ref": "s", "graph_id": nothing}
    answer = await ada.asks("POST", f"/api/rooms/{town.rooms['quay']}/graphs", share)
    refused(answer, "graph_not_found")


@covers("answer PUT /api/graphs/{graph_id} refuses not_allowed")
async def test_who_may_not_read_or_save(town: Community, elsewhere: Client) -> None:
    graph_id = await save(await town.client("ada"), graph())
    for path in ("", f"/{graph_id}", f"/{graph_id}/whole"):
        refused(await elsewhere.asks("GET", f"/api/graphs{path}"), "not_signed_in")
    gus = await town.client("gus")
    assert (await gus.gets(f"/api/graphs/{graph_id}"))["id"] == graph_id
    refused(await gus.asks("PUT", f"/api/graphs/{uuid.uuid4()}", graph()), "not_allowed")


@covers("route POST /api/rooms/{room_id}/graphs", "event message_posted")
async def test_a_shared_graph_is_a_message_like_any_other(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    graph_id = await save(ada, graph())
    line = await ben.opens(quay)
    share = {"ref": "share-1", "graph_id": graph_id, "comment": "How the beds hang together"}
    posted = await ada.posts(f"/api/rooms/{quay}/graphs", share)
    heard = await line.until("message_posted")
    assert {name: heard[name] for name in ("seq", "ref", "message")} == posted
    message = posted["message"]
    assert message["message_type"] == "graph" and message["metadata"] == {"graph_id": graph_id}
    assert (message["content"], message["author"]) == (share["comment"], ada.person)
    again = await ada.posts(f"/api/rooms/{quay}/graphs", share | {"comment": "Other"})
    assert again == posted
    bare = await ada.posts(f"/api/rooms/{quay}/graphs", {"ref": "bare", "graph_id": graph_id})
    assert bare["seq"] == 2 and bare["message"]["content"] == ""


@covers("limit ShareGraph.comment 1000")
async def test_a_comment_has_at_most_1000_characters(town: Community) -> None:
    ada, quay = await town.client("ada"), town.rooms["quay"]
    share = {"ref": "a", "graph_id": await save(ada, graph()), "comment": "é" * 1000}
    posted = await ada.posts(f"/api/rooms/{quay}/graphs", share)
    assert posted["message"]["content"] == share["comment"]
    share |= {"ref": "b", "comment": "é" * 1001}
    answer = await ada.asks("POST", f"/api/rooms/{quay}/graphs", share)
    assert refused(answer, "bad_fields")["fields"] == ["comment"]


@covers("answer POST /api/rooms/{room_id}/graphs refuses join_first")
@covers("answer POST /api/rooms/{room_id}/graphs refuses room_not_found")
async def test_who_may_not_share(town: Community) -> None:
    cleo = await town.client("cleo")
    share = {"ref": "a", "graph_id": await save(cleo, graph())}
    for room, code in (("quay", "join_first"), ("cabin", "room_not_found")):
        refused(await cleo.asks("POST", f"/api/rooms/{town.rooms[room]}/graphs", share), code)
