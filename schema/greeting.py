"""The parts of a welcome: which room this is, who you are in it, and what it allows."""

from schema.frame import Frame
from schema.ids import Id


class Room(Frame):
    """The room behind this socket."""

    id: Id
    name: str
    description: str
    community_id: Id


class You(Frame):
    """The person behind this socket, and which verbs they may use here."""

    id: Id
    name: str
    role: str
    may: list[str]


class Limits(Frame):
    """What this room allows: characters a message, bytes a frame, messages at once and a second."""

    content_length: int
    frame_bytes: int
    burst: int
    per_second: float
