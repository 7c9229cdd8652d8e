"""What roles may do: the table as it is decided, and one decision."""

from typing import Annotated, Literal

from pydantic import Field

from schema.http import Body
from schema.verbs import Verb

AnyRole = Literal[
    "owner",
    "admin",
    "moderator",
    "member",
    "guest",
    "bot",
    "room_admin",
    "room_moderator",
    "room_member",
]


class Permission(Body):
    """One verb: who has it unless somebody decided otherwise here, and what was decided here."""

    verb: Verb
    doing: str
    place: Literal["community", "room"]
    by_default: list[AnyRole]
    decided: dict[str, bool]
    fixed: bool


class PermissionList(Body):
    """Every verb of the place, and the roles that you may decide for."""

    permissions: list[Permission]
    yours: list[AnyRole]


class Decision(Body):
    """Whether a role may do something here. Without `allowed` nothing is decided any more."""

    role: AnyRole
    verb: Verb
    allowed: Annotated[bool, Field(strict=True)] | None
