"""What only a developer's machine answers."""

from typing import Annotated, Any, Literal

from pydantic import Field

from schema.http import Body
from schema.ids import Id, Millis

Method = Literal[
    "summarise",
    "moderate",
    "found",
    "card",
    "graph",
    "graphs",
    "save",
    "post_for",
    "log_page",
    "change_membership",
    "readmit",
    "decide",
    "withdraw",
    "tell_reviewers",
    "import_messages",
    "vitals",
]


class LocalPerson(Body):
    """Somebody of the demo, to sign in as with one click. Local only."""

    id: Id
    name: str
    about: str


class LocalPeople(Body):
    people: list[LocalPerson]


class LocalSignIn(Body):
    person_id: Id
    enter: Annotated[bool, Field(strict=True)] = True


class Mail(Body):
    """A mail in the local mailbox."""

    id: Id
    to: str
    subject: str
    text: str
    link: str
    sent_at: Millis


class Mailbox(Body):
    mails: list[Mail]


class ClockJump(Body):
    """By how much the clock of chat-worker and its rooms is wrong, up to a day either way."""

    offset_ms: Annotated[int, Field(ge=-86_400_000, le=86_400_000)]


class LocalCall(Body):
    """A question of one worker to another, or with `room_id` to that room's object."""

    method: Method
    room_id: Id | None = None
    question: dict[str, Any]


class LocalAnswer(Body):
    """What the other side said; a refusal is `{"refused", "detail", "retry_after_ms"}`."""

    answer: dict[str, Any]
