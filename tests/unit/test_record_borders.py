"""Every record function that touches a community's data takes the community."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.unit.document import ROOT

MIGRATIONS = ROOT / "schema" / "migrations"
NOT_A_COMMUNITYS = {
    "people",
    "sessions",
    "sign_in_links",
    "socket_tickets",
    "hand_overs",
    "api_tokens",
    "local_mailbox",
}
"""Of a person at a host or of a developer's machine, whatever community they are in."""

CARRIES_IT = {"RoomRow", "GraphRow", "Foundation", "Act", "CommunityRow"}
"""What names its community itself."""

EXCUSED = {
    "communities.by_domain": "a host leads to its community: that is the question",
    "messages.copy": "a room's own outbox writes what its log holds, by message id",
    "directory.page": "the platform's list of communities, for everybody",
    "directory.of_person": "the communities that somebody is in, for themselves",
    "directory.owned": "counts what somebody owns on the whole platform",
    "safety.rooms_of_all": "a block holds wherever both are: that is the question",
    "sign_in_links.add": "counts the links of a community, which it takes",
}


def tables() -> set[str]:
    """The tables that hold a community's data: by that column, or by a room's id."""
    found = set()
    for file in MIGRATIONS.glob("*.sql"):
        for name, columns in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", file.read_text(), re.S):
            if re.search(r"\b(community_id|room_id)\b", columns) and name not in NOT_A_COMMUNITYS:
                found.add(name)
    return found


def functions(source: str) -> Iterator[tuple[str, ast.AsyncFunctionDef, str]]:
    """The public record functions, each with the SQL that it holds or names."""
    tree = ast.parse(source)
    constants = {
        ast.unparse(node.targets[0]): ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    for node in tree.body:
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
            text = ast.unparse(node)
            used = [value for name, value in constants.items() if re.search(rf"\b{name}\b", text)]
            yield node.name, node, " ".join([text, *used])


def breaches(module: str, source: str, scoped: set[str]) -> Iterator[str]:
    for name, node, text in functions(source):
        touched = {table for table in scoped if re.search(rf"\b{table}\b", text)}
        arguments = [*node.args.args, *node.args.kwonlyargs]
        types = {ast.unparse(one.annotation) for one in arguments if one.annotation}
        takes = "community_id" in {one.arg for one in arguments} or types & CARRIES_IT
        if touched and not takes and f"{module}.{name}" not in EXCUSED:
            yield f"{module}.{name} touches {sorted(touched)} and takes no community_id"


def test_the_tables_of_a_community_are_known() -> None:
    assert {"chat_rooms", "community_members", "knowledge_graphs", "audit_log"} <= tables()


@pytest.mark.parametrize(
    "file", sorted((ROOT / "workers" / "records").glob("*.py")), ids=lambda file: file.stem
)
def test_a_record_function_takes_the_community(file) -> None:  # type: ignore[no-untyped-def]
    assert list(breaches(file.stem, file.read_text("utf-8"), tables())) == []


def test_one_that_does_not_is_seen() -> None:
    source = 'async def names(db, room_id):\n    return await db.rows("SELECT * FROM chat_rooms")'
    assert len(list(breaches("rooms", source, tables()))) == 1
