"""The table `knowledge_graphs`, in real SQL."""

from typing import Any

import pytest

from domain.graphs import revised
from records import graphs as records
from schema.rows import GraphRow
from schema.rpc import SaveGraph
from schema.wire import Person
from tests.unit.sqlite_db import SqliteDb

ADA = Person(id="ada", name="Ada")


def graph_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def row(number: int, title: str, at: int = 1_000, community: str = "aurora") -> GraphRow:
    nodes = [{"id": "a"}, {"id": "b"}]
    graph: dict[str, Any] = {
        "metadata": {"title": title, "description": "Why", "version": 0},
        "nodes": nodes,
        "edges": [{"source": "a", "target": "b"}],
    }
    asked = SaveGraph(
        person_id="ada", community_id=community, graph_id=graph_id(number), graph=graph
    )
    return revised(asked, None, ADA, at)


@pytest.fixture
def db() -> SqliteDb:
    """Two communities; the other one has nothing to do with what we look for."""
    made = SqliteDb()
    for community in ("aurora", "borealis"):
        made.sqlite.execute(
            "INSERT INTO communities (id, slug, name, created_at) VALUES (?, ?, ?, 0)",
            (community, community, community),
        )
    return made


async def titles(db: SqliteDb, *words: str, limit: int = 30) -> list[str]:
    found = await records.headings(db, "aurora", list(words), limit)
    return [heading["title"] for heading in found]


async def test_what_is_added_is_found_again_in_its_community_only(db: SqliteDb) -> None:
    added = row(1, "Garden")
    assert await records.add(db, added)
    assert await records.graph(db, "aurora", graph_id(1)) == added
    assert await records.graph(db, "borealis", graph_id(1)) is None


async def test_an_id_is_added_once(db: SqliteDb) -> None:
    assert await records.add(db, row(1, "Garden"))
    assert not await records.add(db, row(1, "Theirs", community="borealis"))
    assert await titles(db) == ["Garden"]


async def test_a_heading_counts_without_carrying_the_graph(db: SqliteDb) -> None:
    await records.add(db, row(1, "Garden", at=7))
    [heading] = await records.headings(db, "aurora", [], 30)
    assert heading == {
        "id": graph_id(1),
        "title": "Garden",
        "description": "Why",
        "node_count": 2,
        "edge_count": 1,
        "updated_at": 7,
    }


async def test_the_newest_come_first_and_only_so_many(db: SqliteDb) -> None:
    for number, at in ((1, 10), (2, 30), (3, 20)):
        await records.add(db, row(number, f"Graph {number}", at))
    await records.add(db, row(4, "Graph 4", 40, community="borealis"))
    assert await titles(db) == ["Graph 2", "Graph 3", "Graph 1"]
    assert await titles(db, limit=2) == ["Graph 2", "Graph 3"]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Energy co-op", "ENERGY"),
        ("Åse og ØYSTEIN", "åse"),
        ("Åse og ØYSTEIN", "øystein"),
        ("æra", "ÆRA"),
        ("Þorrablót: MATUR", "þorrablót"),
        ("ÍSLENSK FRÆÐI", "fræði"),
        ("Čáhci", "čáhci"),
        ("Garden 100 %", "100 %"),
        ("a_b", "_"),
        ("КНИГА", "КНИГА"),
        ("It's 'quoted'", "'quoted'"),
        ("A long title about beds and water and who keeps them", "beds and water and who keeps"),
    ],
)
async def test_titles_are_searched_without_case(db: SqliteDb, title: str, word: str) -> None:
    await records.add(db, row(1, title))
    await records.add(db, row(2, "Something else"))
    assert await titles(db, word) == [title]


async def test_each_word_must_be_in_the_title(db: SqliteDb) -> None:
    await records.add(db, row(1, "Energy co-op: options"))
    assert await titles(db, "options", "energy") == ["Energy co-op: options"]
    assert await titles(db, "options", "garden") == []
    assert await titles(db, "%") == []


async def test_a_version_is_replaced_by_the_next_one(db: SqliteDb) -> None:
    await records.add(db, row(1, "Garden"))
    next_row = row(1, "Garden, later", at=2_000)
    next_row["version"] = 2
    assert await records.replace(db, next_row)
    stored = await records.graph(db, "aurora", graph_id(1))
    assert stored is not None
    assert (stored["title"], stored["version"], stored["created_at"]) == ("Garden, later", 2, 1_000)


@pytest.mark.parametrize("change", [{"version": 1}, {"version": 3}, {"community_id": "borealis"}])
async def test_another_version_or_community_is_not_replaced(
    db: SqliteDb, change: dict[str, Any]
) -> None:
    await records.add(db, row(1, "Garden"))
    next_row = row(1, "Garden, later")
    next_row.update({"version": 2, **change})  # type: ignore[typeddict-item]
    assert not await records.replace(db, next_row)
    assert await titles(db) == ["Garden"]
