"""docs/protocol.md, read as a client's author reads it: its tables, routes, codes, examples.

Nothing about the protocol is known here that does not stand in that file.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEXT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")
ROUTE = re.compile(r"`(GET|POST|PUT|DELETE|PATCH) (/[^`?]*)`")
NAME = re.compile(r"`([a-z_]+)`")
CODED = re.compile(r"```.*?```", re.S)


@dataclass(frozen=True)
class Field:
    """One row of a field table."""

    name: str
    kind: str
    has_default: bool
    meaning: str


@dataclass(frozen=True)
class Route:
    """One route: what it takes, what it answers, and the refusals that stand in its own section."""

    method: str
    path: str
    prose: str
    takes: str | None
    status: int
    answers: str | None
    refuses: frozenset[str]
    example: Any
    media: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def fits(self, method: str, path: str) -> bool:
        pattern = re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(self.path))
        return method == self.method and re.fullmatch(pattern, path) is not None


@dataclass
class Section:
    """A heading with the lines below it, up to the next heading of any depth."""

    depth: int
    title: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def prose(self) -> str:
        """Its sentences, without examples and tables."""
        plain = CODED.sub("", self.text).splitlines()
        return " ".join(line for line in plain if line and not line.startswith("|"))

    def rows(self) -> list[list[str]]:
        """The cells of its tables, without the heads."""
        lines = [line for line in self.lines if line.startswith("|")]
        cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
        return [row for row in cells[2:] if not set(row[0]) <= set("-|")]

    def examples(self) -> list[tuple[str, Any]]:
        found = re.findall(r"```json (\w+)\n(.*?)```", self.text, re.S)
        return [(name, json.loads(text)) for name, text in found]


def _sections(text: str) -> Iterator[Section]:
    current, in_code = Section(0, ""), False
    for line in text.splitlines():
        in_code ^= line.startswith("```")
        if not in_code and (head := re.match(r"(#+) (.*)", line)):
            yield current
            current = Section(len(head[1]), head[2])
        else:
            current.lines.append(line)
    yield current


def _field(row: list[str]) -> Field:
    kind, _, default = row[1].partition(", default ")
    return Field(row[0].strip("`"), kind, bool(default), row[2] if len(row) > 2 else "")


def _route(section: Section) -> Route:
    method, path = re.findall(ROUTE, section.title)[0]
    prose = section.prose
    takes = re.search(r"Takes `(\w+)`", prose)
    answers = re.search(r"[Aa]nswers (\d{3})(?: `(\w+)`)?", prose)
    assert answers, f"{section.title} does not say what it answers"
    named = {
        name for told in re.findall(r"Refuses ([^.]*)\.", prose) for name in NAME.findall(told)
    }
    example = dict(section.examples()).get(takes[1]) if takes else None
    refuses = frozenset(named & REFUSALS.keys())
    status = int(answers[1])
    taken = takes[1] if takes else None
    media = frozenset(re.findall(r"`([a-z]+/[a-z]+)`", prose))
    return Route(method, path, prose, taken, status, answers[2], refuses, example, media)


SECTIONS = list(_sections(TEXT))


def section(title: str) -> Section:
    """The one section of that title."""
    [found] = [each for each in SECTIONS if each.title == title]
    return found


def _under(title: str) -> list[Section]:
    """The sections below a heading, down to the next one as high as it."""
    start = SECTIONS.index(section(title))
    found = []
    for each in SECTIONS[start + 1 :]:
        if each.depth <= SECTIONS[start].depth:
            break
        found.append(each)
    return found


def _types(title: str) -> dict[str, str]:
    """The `type` of each table below a heading that has one, with the table's name."""
    found = {}
    for each in _under(title):
        first = SHAPES.get(each.title, [])[:1]
        if first and first[0].name == "type" and first[0].kind.startswith('"'):
            found[first[0].kind.strip('"')] = each.title
    return found


OF_COMMUNITY, OF_ROOM = "Verbs of the community", "Verbs of a room"
SHAPES: dict[str, list[Field]] = {
    each.title: [_field(row) for row in each.rows()]
    for each in SECTIONS
    if "| field | type | meaning |" in each.text
}
EXAMPLES = [pair for each in SECTIONS for pair in each.examples()]
COMMANDS = _types("Commands")
EVENTS = _types("Events")
REFUSALS = {row[0].strip("`"): int(row[1]) for row in section("Refusals").rows()}
CLOSES = {row[0]: row[1].strip("`") for row in section("When a socket closes").rows()}
NUMBERS = {row[0].strip("`"): row[1].strip("`") for row in section("Numbers").rows()}
ROUTES = [_route(each) for each in SECTIONS if each.depth == 4 and re.match(ROUTE, each.title)]


def number(name: str) -> int:
    """A whole number of the table `Numbers`."""
    return int(NUMBERS[name])


def example(name: str) -> Any:
    """The first example of that name, a copy of your own."""
    return json.loads(json.dumps(next(value for title, value in EXAMPLES if title == name)))


def route(method: str, path: str) -> Route | None:
    """The route that a request is for; None if the document has none."""
    return next((each for each in ROUTES if each.fits(method, path)), None)


def permissions() -> dict[tuple[str, str], str]:
    """The two tables of verbs: (verb, situation) → `yes` or the code."""
    found = {}
    for part in (section(OF_COMMUNITY), section(OF_ROOM)):
        head = next(line for line in part.lines if line.startswith("| verb"))
        places = [cell.strip() for cell in head.strip("|").split(" | ")][1:]
        for row in part.rows():
            cells = zip(places, row[1:], strict=True)
            found |= {(row[0].strip("`"), where): cell.strip("`") for where, cell in cells}
    return found


COUNT = re.compile(
    r"(?:at most|more than|latest|up to|and|bucket of|every|after|a|1 to|at) "
    r"([\d,]+)(?= (?!to )|[,;.]|$)(?! ?s up)"
)


def prose_limits() -> set[str]:
    """Limits that stand in sentences: `AskForLink.email 254`, `GET /api/graphs 30`, `Typing 2`."""
    said = {f"{shape}.{each.name}": each.meaning for shape, rows in SHAPES.items() for each in rows}
    said |= {each.name: each.prose for each in ROUTES}
    said |= {each.title: each.prose for each in SECTIONS if each.title in CHAPTERS}
    return {
        f"{name} {int(found.replace(',', ''))}"
        for name, prose in said.items()
        for found in COUNT.findall(prose)
    }


CHAPTERS = {each.title for each in SECTIONS if each.depth in (2, 3) and each.title != "Numbers"}


def door_refusals() -> dict[str, int]:
    """What may answer the upgrade of a socket: code → status."""
    return {code: int(status) for status, code in re.findall(DOOR, section("Opening").prose)}


DOOR = re.compile(r"(\d{3}) `([a-z_]+)`")
SOCKET = "GET /api/rooms/{room_id}/socket"


def names() -> set[str]:
    """Everything of the document that a test must walk."""
    answers = {f"answer {each.name} refuses {code}" for each in ROUTES for code in each.refuses}
    return {
        *(f"command {name}" for name in COMMANDS),
        *(f"event {name}" for name in EVENTS),
        *(f"refusal {code}" for code in REFUSALS),
        *(f"close {code}" for code in CLOSES),
        *(f"number {name}" for name in NUMBERS),
        *(f"verb {verb}" for verb, _ in permissions()),
        *(f"route {each.name}" for each in ROUTES),
        *answers,
        *(f"answer {SOCKET} refuses {code}" for code in door_refusals()),
        *(f"limit {name}" for name in prose_limits()),
    }
