"""Who is a member here, where the log knows better than D1, whose row may end a little later."""

from functools import partial
from typing import Any, Protocol

from domain.permissions import without_membership
from durable_objects.room_log import Make, Sql, knows
from edge.clock import now_ms
from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import Admission, MembershipChange
from schema.wire import MemberJoined, MemberLeft


class Room(Protocol):
    """What of a room is needed here."""

    sql: Sql
    copies: Any
    admissions: Any

    def append(self, author_id: str, ref: str, make: Make) -> str | None: ...


def change(room: Room, asked: MembershipChange) -> None:
    """Somebody joined or left: the log says so, and their sockets may do more or less."""
    room.copies.know(asked.room)
    check(room.sql, asked)
    kind = MemberJoined if asked.joined else MemberLeft
    make = partial(kind, at=now_ms(), person=asked.person)
    # No client's reference holds a colon, so nobody can take this one first.
    room.append(asked.person.id, f"membership:{asked.ref}", make)
    room.admissions.change(asked)


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
