"""`npm run wire`: the JSON Schema of all that a browser sends and receives."""

import json
import sys
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

import schema.audit
import schema.community
import schema.filters
import schema.graphs
import schema.greeting
import schema.hosts
import schema.http
import schema.identity
import schema.invitations
import schema.joining
import schema.local
import schema.members
import schema.permissions
import schema.profiles
import schema.review_news
import schema.reviews
import schema.safety
import schema.wire
from schema.commands import MODELS
from schema.refusals import CODES

MODULES = (
    schema.wire,
    schema.greeting,
    schema.http,
    schema.hosts,
    schema.graphs,
    schema.community,
    schema.filters,
    schema.identity,
    schema.profiles,
    schema.invitations,
    schema.joining,
    schema.review_news,
    schema.reviews,
    schema.safety,
    schema.members,
    schema.local,
    schema.permissions,
    schema.audit,
)
CONSTANTS = ("FRAME_BYTES", "CONTENT_LENGTH", "PAGE", "PAGE_MAX", "TYPING_MS", "PING", "PONG")


def models() -> list[type[BaseModel]]:
    """Every frame and body that `MODULES` define, by name."""
    found: dict[str, type[BaseModel]] = {}
    for module in MODULES:
        for name, thing in vars(module).items():
            is_model = isinstance(thing, type) and issubclass(thing, BaseModel)
            if is_model and thing.__module__ == module.__name__ and thing.model_fields:
                found[name] = thing
    return [found[name] for name in sorted(found)]


def json_schema() -> dict[str, Any]:
    """One schema whose definitions are all models; defaults count as present."""
    _, schema_of_all = models_json_schema(
        [(model, "serialization") for model in models()], ref_template="#/$defs/{model}"
    )
    definitions: dict[str, Any] = schema_of_all["$defs"]
    for definition in definitions.values():
        for field in definition.get("properties", {}).values():
            field.pop("title", None)
    definitions["Command"] = {"anyOf": [{"$ref": f"#/$defs/{m.__name__}"} for m in MODELS]}
    definitions["RefusalCode"] = {"enum": list(CODES), "type": "string"}
    return {"$defs": definitions}


def constants() -> str:
    lines = [f"export const {n} = {json.dumps(getattr(schema.wire, n))};" for n in CONSTANTS]
    closes = {code.name: int(code) for code in schema.wire.CloseCode}
    return "\n".join([*lines, f"export const CLOSE = {json.dumps(closes)} as const;"]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(constants() if "--constants" in sys.argv else json.dumps(json_schema()))
