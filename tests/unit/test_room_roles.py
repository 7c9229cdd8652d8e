"""Roles in a room: nobody gives what they would not have there, and an admin remains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.permission_table import IN_FRONT_OF_ROOM, ROLES
from domain.permissions import Override, Standing, allowed, decided
from domain.room_roles import check_change, check_removal, rank, verbs_of
from schema.refusals import Refused

people = st.sampled_from(["owner", "admin", "moderator", "member", "guest", "bot"])
room_roles = st.sampled_from(["admin", "moderator", "member"])
overrides = st.lists(
    st.builds(
        Override,
        st.just("hall"),
        st.sampled_from(ROLES),
        st.sampled_from(list(IN_FRONT_OF_ROOM)),
        st.booleans(),
    ),
    max_size=10,
).map(decided)


def in_room(room_role: str | None, community_role: str = "member") -> Standing:
    return Standing(community_role, room_role, "public")


def permitted(check, *asked) -> bool:  # type: ignore[no-untyped-def]
    try:
        check(*asked)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("actor", "target", "new"),
    [
        (in_room("admin"), in_room("member"), "admin"),
        (in_room("admin"), in_room("moderator"), "member"),
        (in_room(None, "admin"), in_room("admin"), "member"),
        (in_room("member", "owner"), in_room("admin", "admin"), "member"),
    ],
)
def test_a_rooms_admins_change_who_stands_below_them(
    actor: Standing, target: Standing, new: str
) -> None:
    check_change(actor, target, new, False, 1)


@pytest.mark.parametrize(
    ("actor", "target", "new"),
    [
        (in_room("moderator"), in_room("member"), "moderator"),
        (in_room("admin"), in_room("admin"), "member"),
        (in_room("admin"), in_room("member", "admin"), "moderator"),
        (in_room("member", "moderator"), in_room("member"), "moderator"),
    ],
)
def test_nobody_reaches_above_themselves(actor: Standing, target: Standing, new: str) -> None:
    assert not permitted(check_change, actor, target, new, False, 1)


def test_the_last_admin_does_not_step_down() -> None:
    admin = in_room("admin")
    check_change(admin, admin, "member", True, 1)
    with pytest.raises(Refused, match="not_allowed"):
        check_change(admin, admin, "member", True, 0)
    with pytest.raises(Refused, match="not_allowed"):
        check_change(in_room("member", "owner"), admin, "member", False, 0)


@given(
    actor=people, inside=room_roles, target=people, old=room_roles, new=room_roles, made=overrides
)
def test_nobody_gives_a_room_role_that_may_more(actor, inside, target, old, new, made) -> None:  # type: ignore[no-untyped-def]
    giver = Standing(actor, inside, "private", made)
    other = Standing(target, old, "private", made)
    if permitted(check_change, giver, other, new, False, 1):
        assert verbs_of(new, giver) <= set(allowed(giver))
        assert rank(other) < rank(giver)
    if permitted(check_removal, giver, other):
        assert rank(other) < rank(giver)


def test_a_moderator_takes_out_members_and_no_moderator() -> None:
    check_removal(in_room("moderator"), in_room("member"))
    for target in (in_room("moderator"), in_room("admin"), in_room("member", "owner")):
        assert not permitted(check_removal, in_room("moderator"), target)
