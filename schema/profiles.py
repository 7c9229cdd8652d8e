"""The bodies of how somebody shows themselves."""

from typing import Annotated

from pydantic import Field, StringConstraints

from schema.http import Body, Line, Name
from schema.ids import Id

AVATAR_BYTES = 200_000
AVATAR_SIDE = 1_024
FACES = 100

Handle = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{2,29})?$")]
TimeZone = Annotated[
    str, StringConstraints(max_length=60, pattern=r"^([A-Za-z]+([/_+-][A-Za-z0-9]+)*)?$")
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]


class Status(Body):
    """What somebody is about right now, until a moment or until they change it."""

    emoji: Annotated[str, StringConstraints(max_length=16)] = ""
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    until: Annotated[int, Field(ge=0, le=2**53 - 2, strict=True)] | None = None


class Profile(Body):
    """Somebody of this community. `avatar` is the path of their picture."""

    id: Id
    name: str
    handle: str
    bio: str
    time_zone: str
    languages: list[str]
    status: Status | None
    avatar: str | None


class ProfileChange(Body):
    """What is left out stays as it is; an empty text, list or status takes it away."""

    name: Name | None = None
    handle: Handle | None = None
    bio: Line | None = None
    time_zone: TimeZone | None = None
    languages: Annotated[list[Language], Field(max_length=10)] | None = None
    status: Status | None = None


class Face(Body):
    """Somebody's picture, none where they have none."""

    id: Id
    avatar: str | None


class FaceList(Body):
    faces: list[Face]
