"""The rules of docs/architecture.md that a machine can hold: borders, names, sizes."""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("schema", "workers", "durable_objects", "wrangler", "run", "demo", "tests", "frontend")
MADE = {"node_modules", "dist", "__pycache__", "python_modules"}
SOURCES = {".py", ".ts", ".vue", ".mjs", ".sql", ".css", ".jsonc"}

PLATFORM = {"workers", "js", "pyodide", "_pyodide", "pyodide_js"}
SHELLS = {"durable_objects/chat_room.py"}
GROUND = {"schema", "domain", "records"}
SHARED = GROUND | {"edge", "access"}
MAY_IMPORT = {
    "schema": {"schema"},
    "domain": {"schema", "domain"},
    "records": GROUND,
    "edge": GROUND | {"edge"},
    "access": GROUND | {"edge", "access"},
    "durable_objects": SHARED | {"durable_objects"},
    "chat": SHARED | {"chat", "durable_objects"},
    "ai_chat": SHARED | {"ai_chat"},
    "community": SHARED | {"community"},
    "knowledge_bridge": SHARED | {"knowledge_bridge"},
}
PLAIN = {"schema": {"pydantic"}, "domain": {"pydantic"}, "records": set[str]()}
NOT_IN_A_RULE = {"time", "random", "secrets", "uuid", "os", "asyncio", "socket", "sqlite3"}

NOUNLESS = "utils?|helpers?|managers?|services?|base|common|misc"
NAMELESS = re.compile(rf"(?:^|[_-])(?:{NOUNLESS})(?=$|[_-])")
LEFT_OVER = re.compile(r"\bTO[D]O\b|\bFIX[M]E\b")
PYTHON_LINES, FUNCTION_LINES, VUE_LINES = 250, 40, 180
LONG_FUNCTION, RARELY = 25, 0.02


def files(root: Path = ROOT) -> Iterator[Path]:
    """Every source file of ours, without what is generated."""
    for top in OURS:
        for folder, inner, names in os.walk(root / top):
            inner[:] = sorted(name for name in inner if name not in MADE and name[0] != ".")
            yield from (Path(folder, name) for name in sorted(names))


def place(path: str) -> str:
    """The package of a file: `domain` for workers/domain/pace.py."""
    parts = path.split("/")
    return parts[1] if parts[0] == "workers" else parts[0]


def imports(source: str) -> Iterator[str]:
    """The dotted names that a module imports, at any level; a relative one begins with a dot."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, level=level):
                yield "." * level + (module or "")
            case ast.Call(func=ast.Name(id="__import__" | "import_module"), args=[first, *_]):
                yield str(getattr(first, "value", "?"))
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[first, *_]):
                yield str(getattr(first, "value", "?"))


def bad_imports(path: str, source: str) -> list[str]:
    """What this file imports and may not."""
    found = [(name, name.split(".")[0]) for name in imports(source)]
    return [name for name, top in found if not may_import(path, top)]


def may_import(path: str, top: str) -> bool:
    package = place(path)
    if top in PLATFORM:
        is_entry = path.startswith("workers/") and path.endswith("/entry.py")
        return package == "edge" or is_entry or path in SHELLS
    if package not in MAY_IMPORT:
        return top != ""
    if top in MAY_IMPORT:
        return top in MAY_IMPORT[package]
    if package in ("schema", "domain") and top in NOT_IN_A_RULE:
        return False
    if package in PLAIN:
        return top in sys.stdlib_module_names or top in PLAIN[package]
    return top != ""


def bad_names(path: str) -> list[str]:
    """The parts of a path that name nothing of the product."""
    if path.startswith("frontend/src/components/common/"):  # the design's own folder
        path = path.rsplit("/", 1)[-1]
    words = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", part.split(".")[0]) for part in path.split("/")]
    found = [word for word in words if NAMELESS.search(word.lower())]
    if path.startswith("workers/") and path.endswith("/__init__.py"):
        found.append("__init__.py: workers/ is a source root of namespace packages")
    return [] if path.endswith(".sql") else found


def functions(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def too_large(path: str, source: str) -> list[str]:
    """What in this file is larger than the house allows."""
    lines = len(source.splitlines())
    if path.endswith(".vue"):
        return [f"{lines} lines"] if lines > VUE_LINES else []
    if not path.endswith(".py"):
        return []
    found = [f"{lines} lines"] if lines > PYTHON_LINES else []
    long = [(name, size) for name, size in functions(source) if size > FUNCTION_LINES]
    return found + [f"{name}: {size} lines" for name, size in long]


def left_overs(path: str, source: str) -> list[str]:
    return LEFT_OVER.findall(source) if Path(path).suffix in SOURCES else []


def breaches(path: str, source: str) -> list[str]:
    """Every rule that a file breaks, each in a few words."""
    found = [f"may not be imported here: {name}" for name in python(path, source)]
    found += [f"names nothing: {name}" for name in bad_names(path)]
    found += [f"too large: {what}" for what in too_large(path, source)]
    return found + [f"left over: {word}" for word in left_overs(path, source)]


def python(path: str, source: str) -> list[str]:
    return bad_imports(path, source) if path.endswith(".py") else []


def read(path: Path) -> str:
    return path.read_text("utf-8") if path.suffix in SOURCES else ""


FILES = {file.relative_to(ROOT).as_posix(): file for file in files()}


def test_the_house_is_there() -> None:
    assert {"schema/wire.py", "durable_objects/chat_room.py", "workers/edge/d1.py"} <= FILES.keys()
    assert any(path.endswith(".vue") for path in FILES)


@pytest.mark.parametrize("top", OURS)
def test_no_file_breaks_a_rule(top: str) -> None:
    found = [
        f"{path}: {breach}"
        for path, file in FILES.items()
        if path.startswith(f"{top}/")
        for breach in breaches(path, read(file))
    ]
    assert not found, "\n" + "\n".join(found)


def test_long_functions_are_rare() -> None:
    sizes = [
        (f"{path}: {name}", size)
        for path, file in FILES.items()
        if path.endswith(".py")
        for name, size in functions(read(file))
    ]
    long = [name for name, size in sizes if size > LONG_FUNCTION]
    assert len(long) <= RARELY * len(sizes), long


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("workers/domain/posting.py", "import js"),
        ("workers/domain/posting.py", "def post():\n    from workers import Response"),
        ("workers/domain/posting.py", "import time"),
        ("workers/domain/posting.py", "from records.db import Db"),
        ("workers/domain/posting.py", "import httpx"),
        ("workers/records/rooms.py", "from pyodide.ffi import to_js"),
        ("workers/records/rooms.py", "from edge.d1 import D1"),
        ("workers/chat/rooms.py", "import js"),
        ("workers/chat/rooms.py", "__import__('js')"),
        ("workers/chat/rooms.py", "import importlib\nimportlib.import_module('js')"),
        ("workers/chat/rooms.py", "from community.config import publish"),
        ("workers/chat/rooms.py", "from . import people"),
        ("workers/community/config.py", "from durable_objects import room_log"),
        ("workers/chat/deep/entry.txt.py", "import workers"),
        ("durable_objects/room_log.py", "from workers import DurableObject"),
        ("durable_objects/room_log.py", "from chat.rooms import entry"),
        ("schema/wire.py", "from domain import pace"),
        ("schema/wire.py", "import fastapi"),
        ("workers/chat/__init__.py", ""),
        ("workers/__init__.py", ""),
        ("workers/domain/utils.py", ""),
        ("workers/edge/http_helpers.py", ""),
        ("frontend/src/stores/roomService.ts", ""),
        ("frontend/src/common/Button.vue", ""),
        ("run/long.py", "x = 1\n" * 251),
        ("run/long.py", "def f():\n" + "    x = 1\n" * 40),
        ("frontend/src/Long.vue", "<p />\n" * 181),
        ("run/start.py", "# TO" + "DO: later"),
        ("frontend/src/room.ts", "// FIX" + "ME"),
    ],
)
def test_a_breach_is_seen(path: str, source: str) -> None:
    assert breaches(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("workers/edge/d1.py", "import js\nfrom records.db import Db"),
        ("workers/chat/entry.py", "from workers import WorkerEntrypoint"),
        ("durable_objects/chat_room.py", "from workers import DurableObject"),
        ("workers/domain/posting.py", "import re\nfrom schema.wire import Person"),
        ("schema/wire.py", "from pydantic import BaseModel"),
        ("workers/chat/rooms.py", "import json\nfrom fastapi import APIRouter"),
        ("schema/migrations/0001_base.sql", ""),
        ("frontend/src/components/common/PopMenu.vue", ""),
        ("run/even.py", "x = 1\n" * 250),
    ],
)
def test_what_keeps_the_rules_passes(path: str, source: str) -> None:
    assert not breaches(path, source)
