"""The bodies of the HTTP API. Every error body is a `Problem`."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from schema.ids import LARGEST_SEQ, Id, Millis, Ref
from schema.paths import OwnPath
from schema.wire import LoggedEvent, Message, Person

BODY_BYTES = 1_100_000

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=254,
        pattern=r"^[^@\s\p{C}\p{Z}]+@[^@\s\p{C}\p{Z}]+\.[^@\s.\p{C}\p{Z}]+$",
    ),
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(Body):
    """RFC 9457 problem details. `code` is from the closed list; clients switch on it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    fields: list[str] = []


# Who you are


class AskForLink(Body):
    """Ask for a sign-in link by e-mail. `next` is the path to open afterwards."""

    email: Email
    next: OwnPath = "/"


class LinkSent(Body):
    """The same answer whether or not somebody has this address."""

    email: str
    expires_in_s: int


class UseLink(Body):
    """The single-use token of a sign-in link. Without `enter` somebody new stays outside."""

    token: Annotated[str, StringConstraints(max_length=100)]
    enter: Annotated[bool, Field(strict=True)] = True


class Community(Body):
    """The community that lives at this host. `local` is true on a developer's machine only."""

    id: Id
    slug: str
    name: str
    description: str
    local: bool


class Me(Body):
    """Who is signed in here, as what, and which verbs of the community they may use.

    The role of somebody who is no member is empty; at the platform's own host is no community.
    """

    person: Person
    email: str
    role: str
    may: list[str]
    community: Community | None


# Rooms


class RoomEntry(Body):
    """A room in the side bar. `role` is yours in it, none where you are not a member."""

    id: Id
    name: str
    description: str
    visibility: Literal["public", "private"]
    role: str | None
    created_at: Millis


class RoomList(Body):
    rooms: list[RoomEntry]


class NewRoom(Body):
    name: Name
    description: Line = ""
    visibility: Literal["public", "private"] = "public"


class Member(Body):
    id: Id
    name: str
    role: str
    joined_at: Millis


class MemberList(Body):
    members: list[Member]


class LogPage(Body):
    """A page of a room's log, oldest first."""

    events: list[LoggedEvent]
    head_seq: int
    has_before: bool
    has_after: bool


class PostedMessage(Body):
    seq: int
    ref: Ref
    message: Message


# The assistant


def number(value: object) -> object:
    """A number as JSON knows it: `3.0` is a whole one, `true` and `"3"` are none."""
    if isinstance(value, bool | str):
        raise ValueError("a number is asked for")
    return value


class CatchUp(Body):
    """Summarise what was said after `after` (a seq); none means the latest messages."""

    after: Annotated[int, BeforeValidator(number), Field(ge=0, le=LARGEST_SEQ)] | None = None


class CitedSentence(Body):
    """A sentence of a summary, and the messages that it rests on."""

    text: str
    message_ids: list[Id]
    seqs: list[int]


class CaughtUp(Body):
    sentences: list[CitedSentence]
    message_count: int
    from_seq: int
    to_seq: int
    provider: str


class TextToModerate(Body):
    text: Annotated[str, StringConstraints(min_length=1, max_length=8_000)]


# Health


class Check(Body):
    """One round trip to a binding."""

    ok: bool
    ms: float
    error: str | None = None


class WorkerHealth(Body):
    status: Literal["ok", "failing"]
    worker: str
    version: str
    checks: dict[str, Check]


class PlatformHealth(Body):
    status: Literal["ok", "failing"]
    version: str
    workers: dict[str, WorkerHealth]
