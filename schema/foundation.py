"""A community as it begins."""

from typing import Annotated, Any

from pydantic import Field

from schema.ids import Id
from schema.rpc import Call


class NewCommunity(Call):
    id: Id
    slug: Id
    name: str
    description: str = ""


class FirstPerson(Call):
    """Somebody of a foundation. Without a role they are known, but no member here."""

    id: Id
    email: str
    name: str
    about: str = ""
    role: str | None = "member"


class FirstRoom(Call):
    """A room of a foundation, with the ids of its members."""

    id: Id
    name: str
    description: str = ""
    settings: dict[str, Any] = Field(default_factory=dict)
    members: list[Id] = Field(default_factory=list)


class Foundation(Call):
    """A community as it begins: where it lives, who is in it, and its rooms."""

    community: NewCommunity
    domains: Annotated[list[str], Field(min_length=1)]
    people: list[FirstPerson] = Field(default_factory=list)
    rooms: list[FirstRoom] = Field(default_factory=list)
