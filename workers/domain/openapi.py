"""The description of the whole API: those of the four workers made one, OpenAPI 3.1."""

import re
from collections.abc import Iterable
from typing import Any

Description = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
ASKS = re.compile(r"Asks for `([a-z_]+)`")
REFUSES = re.compile(r"Refuses:? ([^.]*)\.", re.DOTALL)
PROBLEM = {
    "description": "A refusal: switch on its `code`.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
COOKIE = {"type": "apiKey", "in": "cookie", "name": "__Host-session"}
OURS = ("HTTPValidationError", "ValidationError")


def merged(parts: Iterable[Description], version: str, problem: Description) -> Description:
    """One description; `problem` is the schema of a refusal, which every operation may answer."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Problem": problem}
    for part in parts:
        for path, operations in part.get("paths", {}).items():
            paths.setdefault(path, {}).update(operations)
        for name, schema in part.get("components", {}).get("schemas", {}).items():
            if name not in OURS:
                schemas.setdefault(name, schema)
    for operations in paths.values():
        for method in METHODS:
            if method in operations:
                operations[method] = told(operations[method])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vegvisr Chat",
            "version": version,
            "description": "Rooms are talked in over WebSocket: see docs/protocol.md.",
        },
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"session": COOKIE},
        },
    }


def told(operation: Description) -> Description:
    """With what every operation has: the permission that it asks for, and how it refuses."""
    said = operation.get("description", "")
    responses = {code: one for code, one in operation["responses"].items() if code != "422"}
    more: Description = {"responses": responses | {"default": PROBLEM}}
    if verb := ASKS.search(said):
        more["x-permission"] = verb[1]
    if codes := REFUSES.search(said):
        more["x-refusals"] = re.findall(r"[a-z]+(?:_[a-z]+)+", codes[1])
    return {key: value for key, value in operation.items() if key != "responses"} | more
