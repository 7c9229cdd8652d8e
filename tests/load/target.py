"""What the generator needs to know of a server that it drives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Plan:
    """The people and rooms of a round. `members` lists for each room the numbers of its people."""

    mark: str
    people: int
    members: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Door:
    """Where a socket is opened, and with which headers."""

    url: str
    headers: dict[str, str]


@dataclass
class Heard:
    """One frame, read: log entries as (ref or None, seq), and what else matters to us."""

    entries: list[tuple[str | None, int]] = field(default_factory=list)
    head: int | None = None  # only in a socket's first frame
    resumed: bool = False
    answers: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class Target(Protocol):
    """A server with rooms."""

    name: str
    port: int
    pid: int

    async def prepare(self, plan: Plan) -> None:
        """Make the people and rooms of a round, before anything is measured."""

    async def fill(self, room: int, messages: int) -> None:
        """Give a room a past."""

    def door(self, person: int, room: int, after: int | None) -> Door:
        """Return where somebody enters a room; `after` is the last seq that they have."""

    def encode(self, ref: str, content: str) -> bytes:
        """Return the frame that posts a message."""

    def ask_page(self, ref: str, before: int) -> bytes:
        """Return the frame that asks for the page before a seq."""

    async def check_unread(self, person: int) -> None:
        """Ask what is new, as somebody."""

    def decode(self, payload: bytes) -> Heard:
        """Read a frame."""
