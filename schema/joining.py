"""How somebody comes into a community: its rule, and requests to be let in."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schema.http import Body
from schema.ids import Id, Millis
from schema.wire import Person

JoinRule = Literal["open", "by_request", "invitation"]
Answer = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]


class Entry(Body):
    """Where somebody who is signed in stands at the door of a community."""

    rule: JoinRule
    questions: list[str]
    state: Literal["member", "outside", "waiting", "declined"]


class AskToJoin(Body):
    """An answer to each question of the community, in their order."""

    answers: Annotated[list[Answer], Field(max_length=10)] = Field(default=[])


class Answered(Body):
    question: str
    answer: str


class JoinRequest(Body):
    """Somebody who waits to be let in."""

    id: Id
    person: Person
    email: str
    answers: list[Answered]
    asked_at: Millis


class JoinRequestList(Body):
    requests: list[JoinRequest]
