"""What the document names and what the tests walk are the same; and nothing of ours is used."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance import document
from tests.conformance.out_of_reach import OUT_OF_REACH

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
BORROWED = {"httpx", "websockets", "pytest"}


def promises(source: str) -> Iterator[str]:
    """The names that stand in `@covers(…)` above the tests of a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and node.name[:5] == "test_":
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "covers":
                    yield from (ast.literal_eval(name) for name in mark.args)


def foreign(source: str) -> list[str]:
    """What a file imports and an independent client may not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            found += inside if node.module == "tests" else ["." * node.level + (node.module or "")]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "__import__":
            found.append(ast.unparse(node))
    return [name for name in found if not may_import(name)]


def may_import(name: str) -> bool:
    top = name.split(".")[0]
    ours = name == "tests.conformance" or name.startswith("tests.conformance.")
    return ours or top in BORROWED or (top in sys.stdlib_module_names and top != "importlib")


WALKED = {name for file in FILES for name in promises(file.read_text("utf-8"))}


def test_all_that_the_document_names_is_walked() -> None:
    missing = document.names() - WALKED - OUT_OF_REACH.keys()
    assert not missing, "no test has these:\n" + "\n".join(sorted(missing))


def test_nothing_is_walked_that_the_document_does_not_name() -> None:
    assert not (WALKED | OUT_OF_REACH.keys()) - document.names()


def test_what_is_walked_is_not_called_out_of_reach() -> None:
    assert not WALKED & OUT_OF_REACH.keys()
    assert all(OUT_OF_REACH.values())


def test_the_codes_that_are_provoked_and_those_out_of_reach_are_all_of_them() -> None:
    """The table of refusals alone, since clients switch on it."""
    named = {name.split()[1] for name in WALKED | OUT_OF_REACH.keys() if name[:8] == "refusal "}
    assert named == document.REFUSALS.keys()


def test_the_document_was_read_whole() -> None:
    """A parser that finds nothing would ask for nothing."""
    assert {"send_message", "load_history", "set_typing"} <= document.COMMANDS.keys()
    assert len(document.EVENTS) >= 10 and len(document.ROUTES) >= 26
    assert document.TEXT.count("\n#### `") == len(document.ROUTES)
    assert document.TEXT.count("```json") == len(document.EXAMPLES)
    assert len(document.permissions()) >= 80


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_of_ours_is_imported(file: Path) -> None:
    assert foreign(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import schema.wire",
        "from tests import person",
        "from tests.person import Person",
        "from . import person",
        "from domain.pace import spend",
        "__import__('schema')",
        "import importlib",
        "import pydantic",
    ],
)
def test_an_import_of_ours_is_seen(source: str) -> None:
    assert foreign(source)
