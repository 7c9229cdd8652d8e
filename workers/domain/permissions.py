"""May this person do this here? One table, one function; everything else asks.

What somebody decided otherwise is an override: for a role and a verb, in the whole community or in
one room. The room's decision counts before the community's, and the community's before the table.
An owner has every verb of the table, whatever was decided.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from domain.permission_table import (
    FEATURES,
    IN_COMMUNITY,
    IN_FRONT_OF_ROOM,
    MEMBERS,
    TABLE,
    UNDECIDABLE,
    WRITING,
    Rule,
)
from schema.refusals import Code
from schema.rpc import Admission
from schema.verbs import Role, Verb

Visibility = Literal["public", "private"]
ROOM_ROLES: dict[str, Role] = {
    "admin": "room_admin",
    "moderator": "room_moderator",
    "member": "room_member",
}


class Override(NamedTuple):
    """Somebody's decision. Without a room it counts in the whole community."""

    room_id: str
    role: str
    verb: str
    allowed: bool


Decided = dict[tuple[str, str], bool]
ALL_ROLES = "*"
UNACCEPTED = "unaccepted"


def decided(overrides: Iterable[Override]) -> Decided:
    """What counts for each role and verb: the room's own decision comes after the community's."""
    in_order = sorted(overrides, key=lambda one: bool(one.room_id))
    return {(one.role, one.verb): one.allowed for one in in_order}


@dataclass(frozen=True)
class Standing:
    """A person before a place: their role in the community, in the room, and what the room is."""

    community_role: str | None
    room_role: str | None = None
    room: Visibility | None = None
    overrides: Decided = field(default_factory=dict)

    def roles(self) -> list[str]:
        """The roles that count here, as the table names them."""
        in_room = ROOM_ROLES.get(self.room_role or "")
        return [role for role in (self.community_role, in_room) if role is not None]


def switched_off(features: dict[str, bool]) -> Decided:
    """The features that a community does not use, as decisions that hold for owners too."""
    unused = [verbs for name, verbs in FEATURES.items() if not features.get(name, True)]
    return {(ALL_ROLES, verb): False for verbs in unused for verb in verbs}


def unaccepted() -> Decided:
    """Nobody writes before they have accepted the guidelines, owners neither."""
    return {(UNACCEPTED, verb): False for verb in WRITING}


def visibility(settings: dict[str, Any]) -> Visibility:
    """A room is public unless its settings say otherwise."""
    return "private" if settings.get("visibility") == "private" else "public"


def refusal(standing: Standing, verb: Verb) -> Code | None:
    """None when allowed, else the reason. What somebody may not see does not exist for them."""
    if (no := _by_role(standing, verb)) is not None:
        return no
    return "guidelines_first" if (UNACCEPTED, verb) in standing.overrides else None


def _by_role(standing: Standing, verb: Verb) -> Code | None:
    if standing.community_role is None:
        return "room_not_found" if standing.room else "not_allowed"
    rule = TABLE[verb]
    if verb in IN_COMMUNITY:
        return None if _has(standing, verb, rule.roles) else "not_allowed"
    if standing.room is None:
        return "room_not_found"
    if standing.room_role is not None:
        return None if verb == "read_room" or _has(standing, verb, rule.roles) else "not_allowed"
    return _visiting(standing, verb, rule)


def _visiting(standing: Standing, verb: Verb, rule: Rule) -> Code | None:
    """In front of a room that one is not in."""
    if standing.room == "private" or standing.community_role not in MEMBERS:
        return "room_not_found"
    if rule.visiting and _has(standing, verb, rule.visiting):
        return None
    if verb == "read_room":
        return "room_not_found"
    inside = replace(standing, room_role="member")
    return "join_first" if _has(inside, verb, rule.roles) else "not_allowed"


def _has(standing: Standing, verb: Verb, by_default: frozenset[Role]) -> bool:
    if standing.overrides.get((ALL_ROLES, verb)) is False:
        return False
    bound = verb in UNDECIDABLE or standing.community_role == "owner"
    overrides = {} if bound else standing.overrides
    return any(overrides.get((role, verb), role in by_default) for role in standing.roles())


def allowed(standing: Standing) -> list[Verb]:
    """Every verb that is allowed here, in the table's order: the room's in front of a room."""
    asked = IN_COMMUNITY if standing.room is None else IN_FRONT_OF_ROOM
    return [verb for verb in asked if refusal(standing, verb) is None]


def standing(admission: Admission) -> Standing:
    """Where somebody stands who was admitted."""
    room = visibility(admission.room.settings) if admission.room else None
    overrides = {(role, verb): allowed for role, verb, allowed in admission.decided}
    return Standing(admission.community_role or None, admission.room_role, room, overrides)


def in_a_seat(admission: Admission) -> Admission:
    """What a socket keeps of an admission: of all decisions those in front of a room that count for
    its person, as they are or as a visitor, and who may speak at all, which a refusal explains."""
    where = standing(admission)
    theirs = {*where.roles(), ROOM_ROLES["member"], ALL_ROLES, UNACCEPTED}
    kept = [
        one
        for one in admission.decided
        if one[1] in IN_FRONT_OF_ROOM and (one[0] in theirs or one[1] in WRITING)
    ]
    return admission.model_copy(update={"decided": kept})


def without_membership(admission: Admission) -> Admission:
    """What is left to somebody whose membership of the room has ended."""
    before = standing(admission)
    after = Standing(before.community_role, None, before.room or "public", before.overrides)
    left = {"room_role": None, "joined_at": None, "may": allowed(after)}
    return admission.model_copy(update=left)
