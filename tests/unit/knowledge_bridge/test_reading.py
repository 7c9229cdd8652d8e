"""Reading and saving, over real SQL and the existing system's shapes."""

from typing import Any

import httpx
import pytest
import respx

from knowledge_bridge.reading import card, graph, graphs
from knowledge_bridge.saving import save
from knowledge_bridge.vegvisr import Vegvisr
from schema.refusals import Refused
from schema.rpc import GraphQuestion, GraphsQuestion, SaveGraph
from schema.wire import Person
from tests.unit.sqlite_db import SqliteDb

ADA = Person(id="ada", name="Ada")
HOME = "https://knowledge.vegvisr.org"
OURS = "3ceaaf30-8142-48ea-91d9-3080f9b439fc"
THEIRS = "9dfb369b-ab13-4fae-a276-55daa05f1119"


def whole(title: str, version: int = 0, state: str = "published") -> dict[str, Any]:
    return {
        "metadata": {"title": title, "version": version, "publicationState": state},
        "nodes": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}],
        "edges": [{"source": "a", "target": "b"}],
    }


def saving(graph: dict[str, Any], community: str = "aurora") -> SaveGraph:
    return SaveGraph(person_id="ada", community_id=community, graph_id=OURS, graph=graph)


def question(graph_id: str, community: str = "aurora") -> GraphQuestion:
    return GraphQuestion(person_id="ada", community_id=community, graph_id=graph_id)


def looking_for(query: str, limit: int = 30) -> GraphsQuestion:
    return GraphsQuestion(person_id="ada", community_id="aurora", query=query, limit=limit)


@pytest.fixture
async def db() -> SqliteDb:
    """Aurora holds one graph, "Our garden"; Borealis holds none."""
    made = SqliteDb()
    for community in ("aurora", "borealis"):
        made.sqlite.execute(
            "INSERT INTO communities (id, slug, name, created_at) VALUES (?, ?, ?, 0)",
            (community, community, community),
        )
    await save(made, ADA, saving(whole("Our garden")), 1_000)
    return made


@pytest.fixture
def wire() -> respx.Router:
    """Vegvisr holds "Their garden", newer than ours."""
    router = respx.Router(base_url=HOME, assert_all_called=False)
    answer = {**whole("Their garden", 4), "updated_at": "2026-03-01T12:00:00Z"}
    router.get("/getknowgraph", params={"id": THEIRS}).respond(json=answer)
    router.get("/getknowgraph").respond(404)
    router.get("/searchGraphs").respond(json={"results": [{"id": THEIRS}, {"id": OURS}]})
    return router


@pytest.fixture
def vegvisr(wire: respx.Router) -> Vegvisr:
    transport = httpx.MockTransport(wire.async_handler)
    return Vegvisr(httpx.AsyncClient(base_url=HOME, transport=transport))


async def test_our_own_graph_is_drawn_without_asking_vegvisr(
    db: SqliteDb, wire: respx.Router, vegvisr: Vegvisr
) -> None:
    shown = await card(db, vegvisr, question(OURS))
    assert (shown.title, shown.version, shown.updated_at) == ("Our garden", 1, 1_000)
    assert (shown.node_count, shown.edge_count, len(shown.nodes)) == (2, 1, 2)
    assert not wire.calls


async def test_a_graph_of_another_community_does_not_exist(db: SqliteDb) -> None:
    assert await card(db, None, question(OURS))
    with pytest.raises(Refused) as no:
        await card(db, None, question(OURS, "borealis"))
    assert no.value.code == "graph_not_found"


async def test_a_graph_of_vegvisr_is_read_where_it_is_connected(
    db: SqliteDb, vegvisr: Vegvisr
) -> None:
    read = await graph(db, vegvisr, question(THEIRS))
    assert (read.metadata["title"], read.metadata["version"]) == ("Their garden", 4)
    with pytest.raises(Refused) as no:
        await graph(db, None, question(THEIRS))
    assert no.value.code == "graph_not_found"


async def test_what_nobody_has_is_not_found(db: SqliteDb, vegvisr: Vegvisr) -> None:
    with pytest.raises(Refused) as no:
        await graph(db, vegvisr, question("unknown"))
    assert no.value.code == "graph_not_found"


async def test_a_search_shows_both_newest_first_and_none_twice(
    db: SqliteDb, vegvisr: Vegvisr
) -> None:
    found = await graphs(db, vegvisr, looking_for("garden"))
    assert [one.title for one in found.graphs] == ["Their garden", "Our garden"]
    assert len((await graphs(db, vegvisr, looking_for("garden", limit=1))).graphs) == 1


async def test_without_a_query_only_our_own_are_listed(
    db: SqliteDb, wire: respx.Router, vegvisr: Vegvisr
) -> None:
    listed = await graphs(db, vegvisr, looking_for("  "))
    assert [one.title for one in listed.graphs] == ["Our garden"]
    assert not wire.calls


async def test_a_search_goes_on_when_vegvisr_is_silent(
    db: SqliteDb, wire: respx.Router, vegvisr: Vegvisr
) -> None:
    wire.get("/searchGraphs").mock(side_effect=httpx.ReadTimeout("no answer in time"))
    found = await graphs(db, vegvisr, looking_for("garden"))
    assert [one.title for one in found.graphs] == ["Our garden"]


async def test_a_save_at_the_version_read_makes_the_next(db: SqliteDb) -> None:
    done = await save(db, ADA, saving(whole("Our garden, later", 1)), 2_000)
    assert (done.id, done.version) == (OURS, 2)
    read = await graph(db, None, question(OURS))
    assert (read.metadata["title"], read.metadata["version"]) == ("Our garden, later", 2)


@pytest.mark.parametrize("read_at", [0, 2])
async def test_a_save_at_another_version_changes_nothing(db: SqliteDb, read_at: int) -> None:
    with pytest.raises(Refused) as no:
        await save(db, ADA, saving(whole("Overwritten", read_at)), 2_000)
    assert no.value.code == "version_conflict"
    assert (await card(db, None, question(OURS))).title == "Our garden"


async def test_of_two_saves_at_once_one_is_kept(db: SqliteDb) -> None:
    """The other one's save lands between our reading and our writing."""
    run, theirs = db.run, saving(whole("Theirs", 1))

    async def run_second(sql: str, *values: Any) -> int:
        db.run = run  # type: ignore[method-assign]
        await save(db, ADA, theirs, 2_000)
        return await run(sql, *values)

    db.run = run_second  # type: ignore[method-assign]
    with pytest.raises(Refused) as no:
        await save(db, ADA, saving(whole("Mine", 1)), 2_001)
    assert no.value.code == "version_conflict"
    assert (await card(db, None, question(OURS))).title == "Theirs"


async def test_an_id_of_another_community_is_a_conflict(db: SqliteDb) -> None:
    with pytest.raises(Refused) as no:
        await save(db, ADA, saving(whole("Mine"), "borealis"), 2_000)
    assert no.value.code == "version_conflict"
    assert (await card(db, None, question(OURS))).title == "Our garden"
