"""Who may make whom what, and decide what for whom: nobody gives what they do not have.

Ownership goes by `transfer` alone, and a community's last owner cannot stop being one, so that an
owner always remains.
"""

from dataclasses import replace

from domain.explaining import check
from domain.permission_table import IN_COMMUNITY, UNDECIDABLE
from domain.permissions import Decided, Standing, allowed, refusal
from schema.refusals import Refused
from schema.verbs import Role, Verb

RANK: dict[str, int] = {
    "guest": 0,
    "bot": 0,
    "room_member": 0,
    "member": 1,
    "room_moderator": 1,
    "moderator": 2,
    "room_admin": 2,
    "admin": 3,
    "owner": 4,
}


def check_change(actor: Standing, target: str, new: str) -> None:
    """Give somebody another role in the community. Refuses: not_allowed."""
    check(actor, "change_roles")
    _check_above(actor, target)
    _check_grant(actor, new)


def check_grant(actor: Standing, verb: Verb, role: str) -> None:
    """Give somebody new a role, as an invitation does; one above a member's is given by those
    alone who change roles. Refuses: not_allowed."""
    check(actor, verb)
    if RANK[role] > RANK["member"]:
        check(actor, "change_roles")
    _check_grant(actor, role)


def check_removal(actor: Standing, verb: Verb, target: str) -> None:
    """Remove or ban somebody. Refuses: not_allowed."""
    check(actor, verb)
    _check_above(actor, target)


def check_transfer(actor: Standing, target: str | None) -> None:
    """Make somebody the owner in one's own place. Refuses: not_allowed."""
    check(actor, "transfer_ownership")
    if target not in ("admin", "moderator", "member"):
        raise Refused("not_allowed", "Ownership goes to a member of the community.")


def check_departure(role: str) -> None:
    """Leave the community oneself. Refuses: not_allowed."""
    if role == "owner":
        raise Refused("not_allowed", "Give the ownership to somebody else before you leave.")


def check_decision(actor: Standing, role: Role, verb: Verb, allows: bool) -> None:
    """Decide for a role what it may, in the community or, with `actor.room`, in one room.

    Refuses: not_allowed, bad_fields.
    """
    check(actor, "edit_room_permissions" if actor.room else "edit_permissions")
    if verb in UNDECIDABLE or role == "owner" or (actor.room and verb in IN_COMMUNITY):
        raise Refused("bad_fields", "Nobody decides this for this role here.")
    if role.startswith("room_") and verb in IN_COMMUNITY:
        raise Refused("bad_fields", "A role in a room counts in front of that room alone.")
    if verb == "read_room" and role.startswith("room_"):
        raise Refused("bad_fields", "Who is in a room reads it.")
    if RANK[role] >= rank(actor):
        raise Refused("not_allowed", "You decide for roles below your own alone.")
    if allows and refusal(_before(actor, verb), verb) is not None:
        raise Refused("not_allowed", "You cannot give what you do not have.")


def rank(standing: Standing) -> int:
    """The highest of somebody's roles."""
    return max((RANK.get(role, 0) for role in standing.roles()), default=-1)


def verbs_of(role: str, overrides: Decided) -> set[Verb]:
    """What a role has in the community."""
    return set(allowed(Standing(role, overrides=overrides)))


def _before(actor: Standing, verb: Verb) -> Standing:
    """Where somebody stands who decides: what holds in every room they give as a member of one."""
    if actor.room or verb in IN_COMMUNITY:
        return actor
    return replace(actor, room_role="member", room="public")


def _check_above(actor: Standing, target: str) -> None:
    if RANK[target] >= rank(actor):
        raise Refused("not_allowed", "Their role is not below yours.")


def _check_grant(actor: Standing, role: str) -> None:
    if role == "owner" or RANK[role] > rank(actor):
        raise Refused("not_allowed", "You cannot give a role above your own.")
    if not verbs_of(role, actor.overrides) <= set(allowed(actor)):
        raise Refused("not_allowed", "That role may do what you may not.")
