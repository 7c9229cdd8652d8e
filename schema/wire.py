"""The frames of a room's socket. `docs/protocol.md` explains each; a test holds it to this file.

A client sends one command a frame. The server sends `{"events": [...]}`, one event or many.
Events with a `seq` are the room's log: one total order, no gap, no double.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from schema.close_codes import CloseCode as CloseCode
from schema.frame import Frame as Frame
from schema.greeting import Limits as Limits
from schema.greeting import Room as Room
from schema.greeting import You as You
from schema.ids import LARGEST_SEQ, Id, Millis, Ref
from schema.review_news import ReviewChanged as ReviewChanged

FRAME_BYTES = 65_536
CONTENT_LENGTH = 8_000
PAGE = 50
PAGE_MAX = 200
RESUME_MAX = 1_000
TYPING_MS = 6_000
PING = '{"type":"ping"}'
PONG = '{"events":[{"type":"pong"}]}'

MessageType = Literal["text", "graph"]


# Commands: what a client asks


class SendMessage(Frame):
    """Post a plain text message. The same `ref` again answers with the first message."""

    type: Literal["send_message"] = "send_message"
    ref: Ref
    content: str


class LoadHistory(Frame):
    """Ask for a page of the log: the one before a `seq`, the one after it, or the latest."""

    type: Literal["load_history"] = "load_history"
    ref: Ref
    before: Annotated[int, Field(ge=1, le=LARGEST_SEQ)] | None = None
    after: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_MAX)] = PAGE


class SetTyping(Frame):
    """Say that you type, or that you stopped. It fades by itself after TYPING_MS."""

    type: Literal["set_typing"] = "set_typing"
    ref: Ref | None = None
    typing: bool


class ReachCheckpoint(Frame):
    """Say that you have read up to a `checkpoint`."""

    type: Literal["reach_checkpoint"] = "reach_checkpoint"
    ref: Ref | None = None
    number: Annotated[int, Field(ge=1, le=LARGEST_SEQ)]


# Events: what happened


class Person(Frame):
    """Somebody, as others in the room see them."""

    id: Id
    name: str


class Message(Frame):
    """What was said. `metadata` of a graph message is `{"graph_id": …}`, else empty."""

    id: Id
    room_id: Id
    author: Person
    content: str
    message_type: MessageType
    metadata: dict[str, Any]
    created_at: Millis


class MessagePosted(Frame):
    """A message is stored. For its author this is the acknowledgement: `ref` is theirs."""

    type: Literal["message_posted"] = "message_posted"
    seq: int
    ref: Ref
    message: Message


class MemberJoined(Frame):
    """Somebody became a member of the room."""

    type: Literal["member_joined"] = "member_joined"
    seq: int
    at: Millis
    person: Person


class MemberLeft(Frame):
    """Somebody is no longer a member of the room."""

    type: Literal["member_left"] = "member_left"
    seq: int
    at: Millis
    person: Person


class MessageWithheld(Frame):
    """A message that is not for you keeps its place: its author and you are hidden from each other.

    The room's log itself holds the message.
    """

    type: Literal["message_withheld"] = "message_withheld"
    seq: int
    at: Millis


LoggedEvent = Annotated[
    MessagePosted | MemberJoined | MemberLeft | MessageWithheld, Field(discriminator="type")
]


class Welcome(Frame):
    """The first event of every socket. `resumed`: what follows is exactly what you missed."""

    type: Literal["welcome"] = "welcome"
    room: Room
    you: You
    head_seq: int
    present: list[Person]
    resumed: bool
    limits: Limits


class AccessChanged(Frame):
    """What you may do here changed. `you` replaces that of the welcome."""

    type: Literal["access_changed"] = "access_changed"
    you: You


class HistoryLoaded(Frame):
    """A page of the log, oldest first. `ref` is that of the request, none after a welcome."""

    type: Literal["history_loaded"] = "history_loaded"
    ref: Ref | None
    events: list[LoggedEvent]
    has_before: bool
    has_after: bool


class TooFarBehind(Frame):
    """More than RESUME_MAX events were missed: drop what you have; the latest page follows."""

    type: Literal["too_far_behind"] = "too_far_behind"
    after: int
    head_seq: int


class PresenceChanged(Frame):
    """Who opened this room, and who closed their last socket to it."""

    type: Literal["presence_changed"] = "presence_changed"
    arrived: list[Person]
    left: list[Person]


class TypingChanged(Frame):
    """Somebody types until `until`, or stopped."""

    type: Literal["typing_changed"] = "typing_changed"
    person: Person
    typing: bool
    until: Millis


class CommandRefused(Frame):
    """A command was refused and changed nothing. `ref` is its own where it could be read."""

    type: Literal["refused"] = "refused"
    ref: str | None
    code: str
    detail: str
    retry_after_ms: int | None = None


class Checkpoint(Frame):
    """Much was sent to you: answer with `reach_checkpoint` when you have read so far."""

    type: Literal["checkpoint"] = "checkpoint"
    number: int


class Pong(Frame):
    """The answer to the exact frame `{"type":"ping"}`."""

    type: Literal["pong"] = "pong"


Event = Annotated[
    MessagePosted
    | MemberJoined
    | MemberLeft
    | MessageWithheld
    | Welcome
    | AccessChanged
    | HistoryLoaded
    | TooFarBehind
    | PresenceChanged
    | TypingChanged
    | ReviewChanged
    | CommandRefused
    | Checkpoint
    | Pong,
    Field(discriminator="type"),
]


class ServerFrame(Frame):
    """Everything the server sends on a room's socket."""

    events: list[Event]
