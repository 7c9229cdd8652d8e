"""What moderators look at, and what they decide."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schema.http import Body
from schema.ids import Id, Millis
from schema.wire import Person

Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class Review(Body):
    """A message that waits for a look. A flagged one is in the log, at `seq`; a held one is not."""

    message_id: Id
    kind: Literal["flagged", "held"]
    room_id: Id
    room: str
    seq: int | None
    author: Person
    content: str
    reasons: list[str]
    at: Millis


class ReviewPage(Body):
    """What waits longest comes first. `next` is the cursor of the page after this one."""

    reviews: list[Review]
    next: str | None


class ReviewedRoom(Body):
    """A room where the reader reviews. `waiting`: messages that wait there for a look."""

    id: Id
    name: str
    waiting: int


class ReviewedRooms(Body):
    """By name."""

    rooms: list[ReviewedRoom]


class Decide(Body):
    """What becomes of it. `said` is told to the author of what is declined."""

    decision: Literal["seen", "let_in", "decline"]
    said: Said = Field(default="")
