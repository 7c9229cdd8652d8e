"""What a place has decided of the table of permissions, and what holds there without it."""

from collections.abc import Iterable

from domain.explaining import DOING
from domain.permission_table import IN_COMMUNITY, IN_FRONT_OF_ROOM, ROLES, TABLE, UNDECIDABLE
from domain.permissions import Decided, Override, Standing, decided
from domain.roles import RANK, check_decision, rank
from schema.permissions import Decision, Permission, PermissionList
from schema.verbs import Role, Verb


def table(actor: Standing, made: Iterable[Override]) -> PermissionList:
    """Every verb of the place where somebody stands: a room's alone in front of a room."""
    above, here = apart(actor, made)
    verbs = IN_FRONT_OF_ROOM if actor.room else TABLE
    yours = [role for role in ROLES if RANK[role] < rank(actor)]
    return PermissionList(permissions=[_shown(verb, above, here) for verb in verbs], yours=yours)


def apart(actor: Standing, made: Iterable[Override]) -> tuple[Decided, Decided]:
    """What was decided above the place, and in it."""
    made = list(made)
    in_room = actor.room is not None
    above = decided(one for one in made if in_room and not one.room_id)
    return above, decided(one for one in made if bool(one.room_id) == in_room)


def check(actor: Standing, made: Iterable[Override], wanted: Decision) -> None:
    """Decide, or leave it to what holds without a decision: that is to be one's to give, too.

    Refuses: not_allowed, bad_fields.
    """
    above, _ = apart(actor, made)
    allows = wanted.allowed
    if allows is None:
        allows = _holds(wanted.verb, wanted.role, above)
    check_decision(actor, wanted.role, wanted.verb, allows)


def _holds(verb: Verb, role: Role, above: Decided) -> bool:
    rule = TABLE[verb]
    return above.get((role, verb), role in rule.roles | rule.visiting)


def _shown(verb: Verb, above: Decided, here: Decided) -> Permission:
    return Permission(
        verb=verb,
        doing=DOING[verb],
        place="community" if verb in IN_COMMUNITY else "room",
        by_default=[role for role in ROLES if _holds(verb, role, above)],
        decided={role: here[role, verb] for role in ROLES if (role, verb) in here},
        fixed=verb in UNDECIDABLE,
    )
