"""Who is a member here, where the log knows better than D1, whose row may end a little later."""

from domain.permissions import without_membership
from durable_objects.room_log import Sql, knows
from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import Admission, MembershipChange


def ended(sql: Sql, person_id: str, joined_at: Millis | str) -> bool:
    """Whether the log says that somebody left who had joined at that moment."""
    return knows(sql, person_id, f"membership:left-{joined_at}")


def check(sql: Sql, asked: MembershipChange) -> None:
    """Refuses join_first: to be told of a joining after the leaving that ended it."""
    joined_at = asked.ref.rpartition("-")[2]
    if asked.joined and ended(sql, asked.person.id, joined_at):
        raise Refused("join_first")


def as_logged(sql: Sql, admission: Admission) -> Admission:
    """The admission without a membership that the log has ended: whoever leaves and is back at the
    door before D1 has heard of it is a visitor."""
    joined_at = admission.joined_at
    if joined_at is None or not ended(sql, admission.person.id, joined_at):
        return admission
    return without_membership(admission)
