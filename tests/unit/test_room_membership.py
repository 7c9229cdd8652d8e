"""The log knows of a leaving before D1 does."""

from functools import partial

import pytest

from durable_objects import room_log
from durable_objects.room_membership import as_logged, check, ended
from schema.refusals import Refused
from schema.rpc import Admission, MembershipChange, RoomFacts
from schema.wire import MemberLeft
from tests.unit.sqlite_db import SqliteSql
from tests.unit.test_room_log import ADA, a_room


def room(visibility: str) -> RoomFacts:
    settings = {"visibility": visibility}
    return RoomFacts(
        id="garden", name="Garden", description="", community_id="aurora", settings=settings
    )


def member(joined_at: int, visibility: str = "public") -> Admission:
    return Admission(
        person=ADA,
        community_role="member",
        room_role="member",
        joined_at=joined_at,
        may=["read_room", "leave_room", "post_message"],
        room=room(visibility),
    )


def joining(joined_at: int) -> MembershipChange:
    return MembershipChange(
        room=room("public"),
        person=ADA,
        joined=True,
        ref=f"joined-{joined_at}",
        room_role="member",
        may=["post_message"],
    )


@pytest.fixture
def left() -> SqliteSql:
    """A room that Ada joined at 7 and left."""
    sql = a_room()
    make = partial(MemberLeft, at=9, person=ADA)
    assert room_log.append(sql, 1, "ada", "membership:left-7", make)
    return sql


def test_a_membership_that_the_log_ended_is_over_and_another_is_not(left: SqliteSql) -> None:
    assert ended(left, "ada", 7)
    assert not ended(left, "ada", 8)
    assert not ended(left, "ben", 7)


def test_who_left_is_a_visitor_at_the_door_whatever_d1_says(left: SqliteSql) -> None:
    assert as_logged(left, member(8)) == member(8)
    after = as_logged(left, member(7))
    assert (after.room_role, after.joined_at) == (None, None)
    assert "read_room" in after.may and "post_message" not in after.may
    assert "read_room" not in as_logged(left, member(7, "private")).may


def test_a_joining_that_is_over_is_not_announced(left: SqliteSql) -> None:
    check(left, joining(8))
    check(left, joining(7).model_copy(update={"joined": False, "ref": "left-7"}))
    with pytest.raises(Refused) as no:
        check(left, joining(7))
    assert no.value.code == "join_first"
