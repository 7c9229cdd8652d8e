"""The routes of the four workers. Their modules import the platform, so they are read, not run."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests.unit.document import ROOT

METHODS = ("get", "post", "put", "patch", "delete")


class Route(NamedTuple):
    """A route as its decorator declares it. `models` are the names in its signature."""

    method: str
    path: str
    name: str
    status: int
    models: frozenset[str]
    docstring: str
    asks: frozenset[str]


@cache
def routes() -> list[Route]:
    """Every route below workers/, in the order of the files."""
    return [
        one for file in sorted((ROOT / "workers").rglob("*.py")) for one in of(file.read_text())
    ]


def of(source: str) -> Iterator[Route]:
    """The routes of one module."""
    tree = ast.parse(source)
    prefixes = dict(prefix(node) for node in tree.body if isinstance(node, ast.Assign))
    for function in (node for node in tree.body if isinstance(node, ast.AsyncFunctionDef)):
        for call in function.decorator_list:
            match call:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id=router), attr=method), args=[path, *_]
                ) if method in METHODS:
                    yield route(method, prefixes[router] + ast.literal_eval(path), function, call)


def prefix(assigned: ast.Assign) -> tuple[str, str]:
    """The name of what may be a router, and the prefix of its paths."""
    value = assigned.value
    said = (
        [word.value for word in value.keywords if word.arg == "prefix"] + value.args
        if isinstance(value, ast.Call)
        else []
    )
    texts = [node.value for node in said if isinstance(node, ast.Constant)]
    return ast.unparse(assigned.targets[0]), str(texts[0]) if texts else ""


def route(method: str, path: str, function: ast.AsyncFunctionDef, call: ast.Call) -> Route:
    said = {word.arg: word.value for word in call.keywords}
    signature = [argument.annotation for argument in function.args.args] + [function.returns]
    names = [ast.unparse(node) for node in (*signature, said.get("response_model")) if node]
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return Route(
        method=method.upper(),
        path=path,
        name=function.name,
        status=ast.literal_eval(said["status_code"]) if "status_code" in said else 200,
        models=frozenset(names),
        docstring=ast.get_docstring(function) or "",
        asks=frozenset(
            ast.literal_eval(one.args[0]) for one in calls if ast.unparse(one.func) == "asker.may"
        ),
    )
