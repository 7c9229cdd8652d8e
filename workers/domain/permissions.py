"""May this person do this here? One table, one function; everything else asks."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from schema.refusals import Code
from schema.rpc import Admission, Verb

Visibility = Literal["public", "private"]
VERBS: tuple[Verb, ...] = get_args(Verb)

MEMBERS = frozenset({"owner", "admin", "moderator", "member"})
EVERYBODY = MEMBERS | {"guest", "bot"}

IN_COMMUNITY: dict[Verb, frozenset[str]] = {
    "see_community": EVERYBODY,
    "create_room": MEMBERS,
    "read_graph": EVERYBODY,
    "save_graph": MEMBERS,
}
IN_PUBLIC_ROOM: dict[Verb, frozenset[str]] = {
    "read_room": MEMBERS,
    "join_room": MEMBERS,
    "catch_up": MEMBERS,
}
IN_ROOM: frozenset[Verb] = frozenset(
    {"read_room", "leave_room", "post_message", "share_graph", "catch_up"}
)


@dataclass(frozen=True)
class Standing:
    """A person before a place: their role in the community, in the room, and what the room is."""

    community_role: str | None
    room_role: str | None = None
    room: Visibility | None = None


def visibility(settings: dict[str, Any]) -> Visibility:
    """A room is public unless its settings say otherwise."""
    return "private" if settings.get("visibility") == "private" else "public"


def refusal(standing: Standing, verb: Verb) -> Code | None:
    """None when allowed, else the reason. What somebody may not see does not exist for them."""
    role = standing.community_role
    if role is None:
        return "room_not_found" if standing.room else "not_allowed"
    if verb in IN_COMMUNITY:
        return None if role in IN_COMMUNITY[verb] else "not_allowed"
    if standing.room is None:
        return "room_not_found"
    if standing.room_role is not None:
        return None if verb in IN_ROOM or verb == "join_room" else "not_allowed"
    if standing.room == "private" or role not in MEMBERS:
        return "room_not_found"
    return None if role in IN_PUBLIC_ROOM.get(verb, frozenset()) else "join_first"


def allowed(standing: Standing) -> list[Verb]:
    """Every verb that is allowed here, in the table's order."""
    return [verb for verb in VERBS if refusal(standing, verb) is None]


def without_membership(admission: Admission) -> Admission:
    """What is left to somebody whose membership of the room has ended."""
    settings = admission.room.settings if admission.room else {}
    after = Standing(admission.community_role or None, None, visibility(settings))
    left = {"room_role": None, "joined_at": None, "may": allowed(after)}
    return admission.model_copy(update=left)
