"""docs/protocol.md against the code: nothing is missing in it, and nothing is invented."""

import json
import re
from enum import IntEnum
from functools import cache
from importlib import import_module
from typing import Any, get_args

import pytest
from pydantic import BaseModel

import domain.pace
import schema.commands
import schema.wire
from domain import permission_table
from domain.permissions import Standing, refusal
from schema.refusals import CODES, MEANINGS
from schema.typescript import models
from tests.unit.document import ROOT, code, examples, read, rows, section, sections
from tests.unit.site_map import Route, routes

PROTOCOL = read("docs/protocol.md")
WORDS = [import_module(f"schema.{file.stem}") for file in sorted((ROOT / "schema").glob("*.py"))]
NUMBERED = ("schema.ids", "schema.wire", "schema.http", "schema.profiles", "schema.community")
NUMBERED += ("domain.pace", "domain.signing_in", "domain.sessions", "domain.tickets")
NUMBERED += ("domain.api_tokens", "schema.filters", "domain.email_changes", "domain.hand_overs")
NUMBERED += ("domain.hiding",)
NUMBERS = [import_module(name) for name in NUMBERED]
ROUTE = re.compile(r"^`(GET|POST|PUT|PATCH|DELETE) (/\S*)`$")
BEHIND_A_BINDING = "healthz"
PUBLIC = [route for route in routes() if route.name != BEHIND_A_BINDING]
COMMANDS = schema.commands.MODELS
EVENTS = get_args(get_args(schema.wire.Event)[0])
IN_COMMUNITY = {
    "owner": Standing("owner"),
    "admin": Standing("admin"),
    "moderator": Standing("moderator"),
    "member": Standing("member"),
    "guest": Standing("guest"),
    "bot": Standing("bot"),
    "no member": Standing(None),
}
IN_FRONT_OF_ROOM = {
    "admin of the room": Standing("member", "admin", "private"),
    "moderator of the room": Standing("member", "moderator", "private"),
    "member of the room": Standing("member", "member", "private"),
    "admin of the community, in the room": Standing("admin", "member", "public"),
    "visitor": Standing("member", None, "public"),
    "admin of the community, visiting": Standing("admin", None, "public"),
    "guest outside": Standing("guest", None, "public"),
    "outside a private room": Standing("owner", None, "private"),
    "no member": Standing(None, None, "public"),
}
VERB_TABLES = {
    "Verbs of the community": (permission_table.IN_COMMUNITY, IN_COMMUNITY),
    "Verbs of a room": (permission_table.IN_FRONT_OF_ROOM, IN_FRONT_OF_ROOM),
}


# What the code says


def named(name: str) -> Any:
    """A model or type of the words that we exchange."""
    return next(getattr(words, name) for words in WORDS if hasattr(words, name))


def definitions(model: type[BaseModel]) -> set[str]:
    return set(model.model_json_schema().get("$defs", {}))


@cache
def documented_models() -> set[str]:
    """Every model that a client meets."""
    ours = {model.__name__ for model in models()}
    bodies = {name for route in routes() for name in route.models if is_word(name)}
    return ours | bodies | {inner for name in bodies for inner in definitions(named(name))}


def is_word(name: str) -> bool:
    return any(hasattr(words, name) for words in WORDS)


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
    if isinstance(node.get("additionalProperties"), dict):
        return f"object of {kind(node['additionalProperties'])}"
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


@cache
def tables() -> dict[str, list[tuple[str, str]]]:
    """Model to the fields and types of its table, which stands in a section titled by its name."""
    found = {}
    for part in sections(PROTOCOL):
        if re.fullmatch(r"[A-Z]\w+", part.title) and "| field | type |" in part.text:
            found[part.title] = [(row[0].strip("`"), row[1]) for row in rows(part.text)]
    return found


@cache
def documented_routes() -> dict[tuple[str, str], str]:
    """Method and path to the text of the section."""
    headings = [(ROUTE.match(part.title), part.text) for part in sections(PROTOCOL)]
    return {(found[1], found[2]): text for found, text in headings if found}


def table(title: str) -> list[list[str]]:
    return rows(section(PROTOCOL, title).text)


# One against the other


def test_every_model_has_its_table_and_no_other() -> None:
    assert set(tables()) == documented_models()


@pytest.mark.parametrize("name", sorted(documented_models()))
def test_a_table_names_each_field_and_its_type(name: str) -> None:
    assert tables().get(name) == fields(name)


def test_every_refusal_has_its_row_and_status() -> None:
    found = {row[0].strip("`"): int(row[1]) for row in table("Refusals")}
    assert found == {code: MEANINGS[code].status for code in CODES}


def test_every_close_code_has_its_row() -> None:
    found = {row[1].strip("`"): row[0] for row in table("When a socket closes") if row[1]}
    assert found == {close.name: str(int(close)) for close in schema.wire.CloseCode}


def test_every_number_has_its_row_and_value() -> None:
    real = {name: value for module in NUMBERS for name, value in constants(module).items()}
    found = {row[0].strip("`"): row[1].strip("`") for row in table("Numbers")}
    assert found == {name: str(value) for name, value in real.items()}


@pytest.mark.parametrize(
    "words",
    [
        f"at most {schema.wire.CONTENT_LENGTH:,} characters (Unicode code points)",
        f"at most {schema.wire.FRAME_BYTES:,} bytes",
        f"more than {schema.wire.RESUME_MAX:,} entries behind",
        f"the latest {schema.wire.PAGE} entries",
        f"{schema.wire.TYPING_MS:,} ms after it was said",
        f"a bucket of {domain.pace.Pace().burst} tokens",
        f"fills at {domain.pace.Pace().per_second:.0f} tokens a second",
        f"`set_typing` costs {domain.pace.COSTS['set_typing']}",
        f"`{schema.wire.PING}`",
        f"`{schema.wire.PONG}`",
    ],
)
def test_numbers_in_sentences_are_those_of_the_code(words: str) -> None:
    assert words in PROTOCOL


def test_every_route_has_its_section_and_no_other() -> None:
    assert set(documented_routes()) == {(route.method, route.path) for route in PUBLIC}


@pytest.mark.parametrize("route", PUBLIC, ids=lambda route: route.name)
def test_a_route_says_what_it_takes_answers_and_asks_for(route: Route) -> None:
    text = documented_routes()[route.method, route.path].replace("\n", " ")
    assert re.search(rf"[Aa]nswers {route.status}\b", text)
    models = route.models & documented_models()
    assert models <= set(code(text))
    assert models <= {one.of for one in examples(documented_routes()[route.method, route.path])}
    asks, meant = (re.search(r"Asks for ([^.]*)", said) for said in (text, route.docstring))
    said, written = (set(code(found[1])) if found else set() for found in (asks, meant))
    assert said == written | route.asks
    assert said <= set(permission_table.VERBS)


def test_the_socket_is_documented() -> None:
    assert "GET /api/rooms/ROOM_ID/socket?after=SEQ" in PROTOCOL
    assert "/api/rooms/([^/]+)/socket" in read("workers/chat/front_door.py")


@pytest.mark.parametrize("title", VERB_TABLES)
def test_the_table_of_verbs_is_what_the_rules_decide(title: str) -> None:
    verbs, standings = VERB_TABLES[title]
    assert f"| verb | {' | '.join(standings)} |" in section(PROTOCOL, title).text
    decided = [[verb, *(refusal(one, verb) for one in standings.values())] for verb in verbs]
    said = [[f"`{verb}`", *(f"`{no}`" if no else "yes" for no in noes)] for verb, *noes in decided]
    assert table(title) == said


JSON_EXAMPLES = [example for example in examples(PROTOCOL) if example.language == "json"]


@pytest.mark.parametrize(
    "text", [pytest.param(one, id=f"{n}-{one.of}") for n, one in enumerate(JSON_EXAMPLES)]
)
def test_an_example_is_valid(text: Any) -> None:
    model = named(text.of)
    read_back = model.model_validate_json(text.text)
    assert read_back.model_dump(mode="json", exclude_unset=True) == json.loads(text.text)


def test_every_frame_has_an_example() -> None:
    shown = {example.of for example in JSON_EXAMPLES}
    assert {frame.__name__ for frame in (*COMMANDS, *EVENTS)} <= shown


@pytest.mark.parametrize("event", EVENTS)
def test_an_example_of_an_event_has_every_field(event: type[BaseModel]) -> None:
    (text,) = [example.text for example in JSON_EXAMPLES if example.of == event.__name__]
    assert set(json.loads(text)) == set(event.model_fields)
