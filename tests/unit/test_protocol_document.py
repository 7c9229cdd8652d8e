"""docs/protocol.md against the code: nothing is missing in it, and nothing is invented."""

import ast
import json
import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from pydantic import BaseModel

import domain.pace
import domain.permissions
import domain.signing_in
import schema.http
import schema.rpc
import schema.wire
from domain.permissions import Standing
from schema.typescript import models
from tests.unit.document import ROOT, read, rows, sections

PROTOCOL = read("docs/protocol.md")
WORDS = (schema.wire, schema.http, schema.rpc)
NUMBERS = (schema.wire, schema.http, domain.pace, domain.signing_in)
ROUTE = re.compile(r"^`(GET|POST|PUT|PATCH|DELETE) (/\S*)`$")
WEBSOCKET = ("GET", "/api/rooms/{room_id}/socket")
STANDINGS = {
    "member of the community": Standing("member", None, None),
    "guest, bot": Standing("guest", None, None),
    "member of the room": Standing("member", "member", "private"),
    "visitor of a public room": Standing("member", None, "public"),
    "guest in front of a public room": Standing("guest", None, "public"),
    "in front of a private room": Standing("owner", None, "private"),
    "from another community": Standing(None, None, "public"),
}


# What the code says


def named(name: str) -> Any:
    """A model or type of the words that we exchange."""
    return next(getattr(words, name) for words in WORDS if hasattr(words, name))


def routes() -> Iterator[tuple[str, str, ast.AsyncFunctionDef]]:
    """Method, path and function of every route of the four workers. They import the platform, so
    they are read, not run."""
    for file in sorted((ROOT / "workers").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        prefixes = dict(prefix(node) for node in tree.body if isinstance(node, ast.Assign))
        for function in (node for node in tree.body if isinstance(node, ast.AsyncFunctionDef)):
            for method, path, router in decorators(function):
                yield method, prefixes[router] + path, function


def prefix(assigned: ast.Assign) -> tuple[str, str]:
    """The name of what may be a router, and the prefix of its paths."""
    keywords = assigned.value.keywords if isinstance(assigned.value, ast.Call) else []
    found = [ast.literal_eval(word.value) for word in keywords if word.arg == "prefix"]
    return ast.unparse(assigned.targets[0]), "".join(found)


def decorators(function: ast.AsyncFunctionDef) -> Iterator[tuple[str, str, str]]:
    for node in function.decorator_list:
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=router), attr=method), args=[path, *_]
            ):
                if method in ("get", "post", "put", "patch", "delete"):
                    yield method.upper(), ast.literal_eval(path), router


def bodies(function: ast.AsyncFunctionDef) -> set[str]:
    """The models that a route takes and gives, with the models in them."""
    said = [argument.annotation for argument in function.args.args] + [function.returns]
    names = {ast.unparse(node) for node in said if node is not None}
    found = {name for name in names if any(hasattr(words, name) for words in WORDS)}
    return found | {inner for name in found for inner in definitions(named(name))}


def definitions(model: type[BaseModel]) -> set[str]:
    return set(model.model_json_schema().get("$defs", {}))


def documented_models() -> set[str]:
    """Every model that a client meets."""
    ours = {model.__name__ for model in models()}
    return ours | {name for _, _, function in routes() for name in bodies(function)}


def constants(module: Any) -> dict[str, Any]:
    plain = {n: v for n, v in vars(module).items() if n.isupper() and isinstance(v, int | str)}
    return {name: value for name, value in plain.items() if not isinstance(value, IntEnum)}


def kind(node: dict[str, Any]) -> str:
    """The type of a field as the document writes it."""
    if "$ref" in node:
        return str(node["$ref"]).rsplit("/", 1)[-1]
    if "const" in node:
        return json.dumps(node["const"])
    if "enum" in node:
        return " or ".join(json.dumps(value) for value in node["enum"])
    if choices := node.get("anyOf") or node.get("oneOf"):
        return " or ".join(kind(choice) for choice in choices)
    if node.get("type") == "array":
        inner = kind(node["items"])
        return f"array of ({inner})" if " or " in inner else f"array of {inner}"
    return str(node.get("type", "any"))


def fields(name: str) -> list[tuple[str, str]]:
    """The fields of a model with their types; a default stands after its type."""
    found = named(name).model_json_schema(mode="validation")["properties"]
    return [(field, kind(node) + default(node)) for field, node in found.items()]


def default(node: dict[str, Any]) -> str:
    if "default" not in node or "const" in node:
        return ""
    return f", default {json.dumps(node['default'])}"


# What the document says


def tables() -> dict[str, list[tuple[str, str]]]:
    """Model to the fields and types of its table. A model's section is titled by its name."""
    found = {}
    for part in sections(PROTOCOL):
        if re.fullmatch(r"[A-Z]\w+", part.title) and part.text.lstrip().startswith("|") is False:
            table = re.search(r"^\| field .*?(?:\n\n|\Z)", part.text, re.MULTILINE | re.DOTALL)
            if table:
                found[part.title] = [
                    (row[0].strip("`"), row[1].strip("`")) for row in rows(table[0])
                ]
    return found
