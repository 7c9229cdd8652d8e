"""What roles may do: the table as it is decided, and one decision."""

from typing import Annotated, Literal

from pydantic import Field

from schema.http import Body
from schema.verbs import Role, Verb


class Permission(Body):
    """One verb: who has it unless somebody decided otherwise here, and what was decided here."""

    verb: Verb
    doing: str
    place: Literal["community", "room"]
    by_default: list[Role]
    decided: dict[str, bool]
    fixed: bool


class PermissionList(Body):
    """Every verb of the place, and the roles that you may decide for."""

    permissions: list[Permission]
    yours: list[Role]


class Decision(Body):
    """Whether a role may do something here. Without `allowed` nothing is decided any more."""

    role: Role
    verb: Verb
    allowed: Annotated[bool, Field(strict=True)] | None
