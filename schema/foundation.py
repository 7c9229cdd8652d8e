"""A community as it begins."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from schema.http import Email, Line, Name
from schema.ids import Id
from schema.joining import JoinRule
from schema.rpc import Call

LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
Domain = Annotated[str, StringConstraints(max_length=253, pattern=rf"^{LABEL}(\.{LABEL})*$")]
CommunityRole = Literal["owner", "admin", "moderator", "member", "guest", "bot"]


def known_visibility(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings whose visibility is one, if they name it: what is unknown would be public."""
    if settings.get("visibility", "public") not in ("public", "private"):
        raise ValueError("visibility is public or private")
    return settings


Settings = Annotated[dict[str, Any], AfterValidator(known_visibility)]


class NewCommunity(Call):
    id: Id
    slug: Id
    name: Name
    description: Line = ""
    join_rule: JoinRule = "open"
    join_questions: list[Line] = Field(default=[])


class FirstPerson(Call):
    """Somebody of a foundation. Without a role they are known, but no member here."""

    id: Id
    email: Email
    name: Name
    about: Line = ""
    role: CommunityRole | None = "member"


class FirstRoom(Call):
    """A room of a foundation, with the ids of its members."""

    id: Id
    name: Name
    description: Line = ""
    settings: Settings = Field(default={})
    members: list[Id] = Field(default=[])


class Foundation(Call):
    """A community as it begins: where it lives, who is in it, and its rooms."""

    community: NewCommunity
    domains: Annotated[list[Domain], Field(min_length=1)]
    people: list[FirstPerson] = Field(default=[])
    rooms: list[FirstRoom] = Field(default=[])
