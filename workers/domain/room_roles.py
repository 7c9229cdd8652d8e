"""Who may make whom what in a room, and take them out: nobody gives what they would not have there.

A room has ranks of its own: members, moderators, admins, and above them the community's admins and
its owner, wherever they sit.
"""

from domain.explaining import check
from domain.permission_table import IN_FRONT_OF_ROOM
from domain.permissions import ROOM_ROLES, Standing, allowed
from schema.refusals import Refused
from schema.verbs import Verb

RANK = {"member": 0, "moderator": 1, "admin": 2}
RANK_OF_COMMUNITY = {"moderator": 1, "admin": 3, "owner": 4}


def rank(standing: Standing) -> int:
    """How high somebody stands in front of a room."""
    in_room = RANK.get(standing.room_role or "", 0)
    return max(in_room, RANK_OF_COMMUNITY.get(standing.community_role or "", 0))


def check_change(actor: Standing, target: Standing, new: str, is_self: bool, others: int) -> None:
    """Give somebody another role in the room. `others`: its admins besides them.

    Refuses: not_allowed, join_first, room_not_found.
    """
    check(actor, "change_room_roles")
    if not is_self:
        _check_above(actor, target)
    if target.room_role == "admin" and new != "admin" and not others:
        raise Refused("not_allowed", "A room keeps an admin. Make somebody else one first.")
    inside = Standing(actor.community_role, actor.room_role or "member", "public", actor.overrides)
    if not verbs_of(new, actor) <= set(allowed(inside)):
        raise Refused("not_allowed", "That role may do here what you may not.")
    if RANK[new] > rank(actor):
        raise Refused("not_allowed", "You cannot give a role above your own.")


def check_removal(actor: Standing, target: Standing) -> None:
    """Take somebody out of the room. Refuses: not_allowed, join_first, room_not_found."""
    check(actor, "remove_from_room")
    _check_above(actor, target)


def verbs_of(room_role: str, where: Standing) -> set[Verb]:
    """What a role of the room has here, whatever its holder is in the community."""
    role = ROOM_ROLES[room_role]
    decided = where.overrides
    return {
        verb
        for verb, rule in IN_FRONT_OF_ROOM.items()
        if decided.get((role, verb), role in rule.roles)
    }


def _check_above(actor: Standing, target: Standing) -> None:
    if rank(target) >= rank(actor):
        raise Refused("not_allowed", "They do not stand below you in this room.")
