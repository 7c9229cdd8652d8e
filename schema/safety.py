"""What a person keeps from others."""

from typing import Annotated, Literal

from pydantic import Field

from schema.http import Body
from schema.ids import Id
from schema.wire import Person

Wish = Literal["everybody", "people_of_my_rooms", "nobody"]
Muted = Annotated[list[Id], Field(max_length=500)]


class Safety(Body):
    """Who may write to you and invite you, whom you blocked, what is muted, and whether others are
    told that you are here. Nobody is told who blocked them.
    """

    may_write: Wish = "everybody"
    may_invite: Wish = "everybody"
    blocked: list[Person] = Field(default=[])
    muted_people: list[Id] = Field(default=[])
    muted_rooms: list[Id] = Field(default=[])
    invisible: bool = False


class ChangeSafety(Body):
    """What changes; what is left out stays. A list takes the place of the whole list."""

    may_write: Wish | None = None
    may_invite: Wish | None = None
    muted_people: Muted | None = None
    muted_rooms: Muted | None = None
    invisible: Annotated[bool, Field(strict=True)] | None = None
