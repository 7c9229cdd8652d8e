"""README.md and docs/ against the project: what they name is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.unit.document import FENCE, ROOT, code, read, rows, section, sections

DECISIONS = sorted(
    file.relative_to(ROOT).as_posix() for file in (ROOT / "docs/decisions").iterdir()
)
PAGES = ["architecture", "protocol", "operations", "features", "performance", "reliability"]
DOCUMENTS = ["README.md", *[f"docs/{page}.md" for page in PAGES], *DECISIONS]
TOPS = "schema|workers|durable_objects|wrangler|run|demo|tests|frontend|docs|requirements|\\.ci"
PATH = re.compile(rf"(?:{TOPS})/[\w./*-]*[\w*/]")
MADE_OR_KEPT_OUT = {"frontend/dist", "wrangler/ids.json"}
PLACE = re.compile(r"`([\w./-]+)::(\w+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
WALKS = {"README.md": "One message, step by step", "docs/architecture.md": "4. One message"}
SOURCES = {".py", ".sql", ".ts", ".vue", ".mjs", ".jsonc"}


# What is there


def names(path: str) -> set[str]:
    """The functions, classes and methods that a source file defines."""
    source = read(path)
    if path.endswith(".py"):
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        return {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)}
    return set(re.findall(r"^\s*(?:export |private |async |function )*(\w+)\(.*\{$", source, re.M))


@cache
def proofs_in(path: str) -> set[str]:
    """The names of a file's tests; of Vitest's, the titles."""
    source = read(path)
    if path.endswith(".py"):
        return {name for name in names(path) if name.startswith("test_")}
    titles = re.findall(r"\b(?:it|test)(?:\.each\(.*\))?\((?:\n\s*)?(\"[^\"\n]+\")", source)
    closing = re.findall(r"^\s*\]\)\((\"[^\"\n]+\")", source, re.M)
    return {ast.literal_eval(title) for title in titles + closing}


def is_there(path: str) -> bool:
    return any(ROOT.glob(path.rstrip("/"))) if "*" in path else (ROOT / path).exists()


def sources() -> list[Path]:
    tops = ("schema", "workers", "durable_objects", "wrangler", "run", "demo", "frontend/src")
    found = [file for top in tops for file in (ROOT / top).rglob("*") if file.suffix in SOURCES]
    return [file for file in found if "__pycache__" not in file.parts]


# The documents


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(document: str) -> None:
    named = [word.split("::")[0] for word in code(read(document)) if PATH.match(word)]
    paths = {path for path in named if PATH.fullmatch(path)} - MADE_OR_KEPT_OUT
    assert sorted(path for path in paths if not is_there(path)) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_place_that_a_document_names_is_there(document: str) -> None:
    missing = [f"{path}::{name}" for path, name in PLACE.findall(read(document))
               if not path.startswith("tests/") and name not in names(path)]  # fmt: skip
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    links = LINK.findall(FENCE.sub("", read(document)))
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("document", WALKS)
def test_the_walk_of_a_message_is_six_python_files_at_most(document: str) -> None:
    steps = re.findall(r"^\d\. .*?(?=^\d\. |\n\n|\Z)", walk(document), re.M | re.S)
    places = [place for step in steps for place in PLACE.findall(step)]
    assert len(steps) == 6
    assert all(PLACE.search(step) for step in steps)
    python = {path for path, _ in places if path.endswith(".py")}
    assert 4 <= len(python) <= 6


def walk(document: str) -> str:
    return section(read(document), WALKS[document]).text


def test_the_readme_is_a_screen_and_a_half() -> None:
    assert len(read("README.md").splitlines()) <= 80


@pytest.mark.parametrize(("number", "document"), list(enumerate(DECISIONS, 1)))
def test_a_decision_is_dated_numbered_and_says_why(number: int, document: str) -> None:
    text = read(document)
    parts = [part.title for part in sections(text)]
    assert document.startswith(f"docs/decisions/{number:03}-")
    assert re.match(rf"# {number:03} .+\n\n20\d\d-\d\d-\d\d\n", text)
    assert parts[1:] == ["Context", "Decision", "Consequences"]
    assert all(part.text.strip() for part in sections(text))


def test_what_the_code_says_of_the_documents_is_true() -> None:
    wrong = []
    for file in sources():
        text = file.read_text("utf-8")
        wrong += [name for name in re.findall(r"docs/[\w/-]+\.md", text) if not is_there(name)]
        for name, title in re.findall(r"(docs/[\w/-]+\.md), \"([^\"]+)\"", text):
            titles = [re.sub(r"^\d+\. ", "", part.title) for part in sections(read(name))]
            wrong += [f"{name}: {title}"] if title not in titles else []
    assert wrong == []


# The features


def features() -> list[list[str]]:
    """Feature, where it lives, its tests, what is missing; of every table."""
    return [row for part in sections(read("docs/features.md")) for row in rows(part.text)]


def proofs() -> list[tuple[str, str]]:
    """File and test that a feature names."""
    cells = [word for row in features() for word in code(row[2])]
    return [(path, name) for path, _, name in (cell.partition("::") for cell in cells)]


def test_every_feature_has_its_four_cells() -> None:
    assert len(features()) > 40
    assert [row for row in features() if len(row) != 4 or not row[0] or not row[1]] == []


def test_a_feature_without_a_test_says_so() -> None:
    assert [row[0] for row in features() if not code(row[2]) and not row[3]] == []


@pytest.mark.parametrize("path", sorted({path for path, _ in proofs()}))
def test_every_test_that_a_feature_names_is_there(path: str) -> None:
    wanted = {name for file, name in proofs() if file == path}
    assert wanted - proofs_in(path) == set()
