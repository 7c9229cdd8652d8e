"""What each client asked and what came back, what every socket heard, and what was broken when.

One recorder writes the entries in the order in which they happened; each goes to a file as well,
one JSON object a line, so that a failed run can be read and checked again.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

Outcome = Literal["ok", "refused", "unknown"]


@dataclass(frozen=True)
class Asked:
    """A client asked for something. `attempt` counts from 1: the same again has the same ref."""

    at: float
    client: str
    room: str
    op: str
    ref: str
    content: str = ""
    attempt: int = 1


@dataclass(frozen=True)
class Answered:
    """What came back: `unknown` when the line broke, or nothing came in time."""

    at: float
    client: str
    room: str
    op: str
    ref: str
    outcome: Outcome
    seq: int | None = None
    code: str = ""


@dataclass(frozen=True)
class Opened:
    """A socket is open; `after` as it was asked."""

    at: float
    client: str
    room: str
    connection: int
    after: int | None


@dataclass(frozen=True)
class Heard:
    """One event on a socket, as it came."""

    at: float
    client: str
    room: str
    connection: int
    event: dict[str, Any]


@dataclass(frozen=True)
class Closed:
    """A socket is gone; 1006 when nobody said goodbye."""

    at: float
    client: str
    room: str
    connection: int
    code: int


@dataclass(frozen=True)
class Read:
    """A page over HTTP, while the others went on."""

    at: float
    client: str
    room: str
    events: list[dict[str, Any]]


@dataclass(frozen=True)
class Struck:
    """A fault began, ended, or told its effect in `words`."""

    at: float
    kind: str
    phase: Literal["begins", "ends"]
    words: str = ""


Entry = Asked | Answered | Opened | Heard | Closed | Read | Struck
E = TypeVar("E", bound=Entry)
KINDS: dict[str, type[Entry]] = {
    kind.__name__.lower(): kind for kind in (Asked, Answered, Opened, Heard, Closed, Read, Struck)
}


class History:
    """The recorder of one run."""

    def __init__(self, file: Path):
        self.file = file
        self.entries: list[Entry] = []
        self._lines = file.open("a", encoding="utf-8", buffering=1)
        self._connections = 0

    def note(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._lines.write(line(entry) + "\n")

    def next_connection(self) -> int:
        self._connections += 1
        return self._connections

    def close(self) -> None:
        self._lines.close()


def now() -> float:
    """Seconds since 1970, to the millisecond."""
    return round(time.time(), 3)


def line(entry: Entry) -> str:
    return json.dumps({"what": type(entry).__name__.lower(), **asdict(entry)}, ensure_ascii=False)


def read(lines: Iterable[str]) -> list[Entry]:
    """The entries of a history file."""
    return [KINDS[row.pop("what")](**row) for row in map(json.loads, lines)]


def only(kind: type[E], entries: Iterable[Entry]) -> Iterator[E]:
    return (entry for entry in entries if isinstance(entry, kind))
