"""The table `knowledge_graphs`. Whatever is asked is asked within one community."""

from typing import TypedDict, cast

from records.db import Db, first
from schema.rows import GraphRow

# SQLite lowers A to Z only: these are the other capitals of the Nordic languages and Sámi.
CAPITALS = "ÆØÅÄÖÞÐÁÉÍÓÚÝČĐŊŠŦŽÜ"


class GraphHeading(TypedDict):
    id: str
    title: str
    description: str
    node_count: int
    edge_count: int
    updated_at: int


def _lowered(text: str) -> str:
    sql = f"lower({text})"
    for capital in CAPITALS:
        sql = f"replace({sql}, '{capital}', '{capital.lower()}')"
    return sql


async def graph(db: Db, community_id: str, graph_id: str) -> GraphRow | None:
    sql = "SELECT * FROM knowledge_graphs WHERE community_id = ? AND id = ?"
    return cast(GraphRow | None, await first(db, sql, community_id, graph_id))


async def headings(db: Db, community_id: str, words: list[str], limit: int) -> list[GraphHeading]:
    """Graphs whose titles hold each of the words, in any case; newest first."""
    holds = f" AND instr({_lowered('title')}, {_lowered('?')}) > 0" * len(words)
    sql = f"""
        SELECT id, title,
               coalesce(json_extract(data, '$.metadata.description'), '') AS description,
               json_array_length(data, '$.nodes') AS node_count,
               json_array_length(data, '$.edges') AS edge_count,
               updated_at
        FROM knowledge_graphs
        WHERE community_id = ?{holds}
        ORDER BY updated_at DESC, id DESC
        LIMIT ?"""
    return cast(list[GraphHeading], await db.rows(sql, community_id, *words, limit))


async def add(db: Db, row: GraphRow) -> bool:
    """False when the id is taken, here or in another community."""
    sql = """
        INSERT INTO knowledge_graphs
          (id, community_id, created_by, title, version, data, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"""
    values = (row["id"], row["community_id"], row["created_by"], row["title"], row["version"])
    dated = (row["data"], row["created_at"], row["updated_at"])
    return await db.run(sql, *values, *dated) == 1


async def replace(db: Db, row: GraphRow) -> bool:
    """False when the stored version is not the one right before `row["version"]`."""
    sql = """
        UPDATE knowledge_graphs SET title = ?, version = ?, data = ?, updated_at = ?
        WHERE community_id = ? AND id = ? AND version = ? - 1"""
    new = (row["title"], row["version"], row["data"], row["updated_at"])
    where = (row["community_id"], row["id"], row["version"])
    return await db.run(sql, *new, *where) == 1
