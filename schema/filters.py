"""What a community does not want to read, or reads with care: data, evaluated in each room."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schema.http import Body

FILTERS_BYTES = 4_000
HELD_EACH = 5
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
Host = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$"
    ),
]
Consequence = Literal["refuse", "hold", "flag"]


class WordRule(Body):
    """Words, in any case; `*` in one stands for letters and digits."""

    words: Annotated[list[Word], Field(min_length=1, max_length=100)]
    then: Consequence
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class Newcomers(Body):
    """What members and guests may in their first `hours`; 0 hours: as much as everybody.

    `messages` of one person in a room within ten minutes; 0: as many as others.
    """

    hours: Annotated[int, Field(ge=0, le=720, strict=True)] = 0
    messages: Annotated[int, Field(ge=0, le=100, strict=True)] = 0
    create_rooms: Annotated[bool, Field(strict=True)] = True
    invite: Annotated[bool, Field(strict=True)] = True


class Filters(Body):
    """`allowed_hosts` may be linked to whatever `links` says, with what lies below them."""

    rules: Annotated[list[WordRule], Field(max_length=10)] = Field(default=[])
    links: Literal["allow", "refuse", "hold", "flag"] = "allow"
    allowed_hosts: Annotated[list[Host], Field(max_length=50)] = Field(default=[])
    slow_mode_s: Annotated[int, Field(ge=0, le=3_600, strict=True)] = 0
    new_member_hours: Annotated[int, Field(ge=0, le=720, strict=True)] = 0
    newcomers: Newcomers = Newcomers()
