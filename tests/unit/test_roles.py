"""Nobody gives what they do not have, and an owner always remains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bans import check_banner
from domain.permission_table import ROLES, VERBS
from domain.permissions import Override, Standing, allowed, decided, refusal
from domain.roles import (
    RANK,
    check_change,
    check_decision,
    check_departure,
    check_grant,
    check_removal,
    check_transfer,
    verbs_of,
)
from schema.refusals import Refused
from schema.verbs import Role, Verb

COMMUNITY_ROLES = ["owner", "admin", "moderator", "member", "guest", "bot"]
roles = st.sampled_from(COMMUNITY_ROLES)
overrides = st.lists(
    st.builds(Override, st.just(""), st.sampled_from(ROLES), st.sampled_from(VERBS), st.booleans()),
    max_size=10,
).map(decided)


def permitted(check, *asked) -> bool:  # type: ignore[no-untyped-def]
    try:
        check(*asked)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("actor", "target", "new"),
    [("owner", "admin", "member"), ("admin", "member", "moderator"), ("admin", "member", "admin")],
)
def test_admins_change_the_roles_below_theirs(actor: str, target: str, new: str) -> None:
    check_change(Standing(actor), target, new)


@pytest.mark.parametrize(
    ("actor", "target", "new"),
    [
        ("moderator", "member", "moderator"),
        ("admin", "admin", "member"),
        ("admin", "owner", "member"),
        ("admin", "member", "owner"),
        ("owner", "owner", "member"),
        ("owner", "member", "owner"),
    ],
)
def test_nobody_reaches_above_themselves(actor: str, target: str, new: str) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        check_change(Standing(actor), target, new)


@given(actor=roles, target=roles, new=roles, made=overrides)
def test_a_role_is_never_given_by_who_has_less(actor, target, new, made) -> None:  # type: ignore[no-untyped-def]
    standing = Standing(actor, overrides=made)
    if permitted(check_change, standing, target, new):
        assert verbs_of(new, made) <= set(allowed(standing))
        assert RANK[target] < RANK[actor] and RANK[new] <= RANK[actor]
        assert "owner" not in (target, new)
    if permitted(check_grant, standing, "invite_member", new):
        assert verbs_of(new, made) <= set(allowed(standing))


@given(actor=roles, target=roles, made=overrides)
def test_an_owner_is_never_removed_and_never_leaves(actor, target, made) -> None:  # type: ignore[no-untyped-def]
    standing = Standing(actor, overrides=made)
    for verb in ("remove_member", "ban_member"):
        if permitted(check_removal, standing, verb, target):
            assert RANK[target] < RANK[actor]
    assert permitted(check_departure, target) == (target != "owner")


@given(actor=roles, target=st.sampled_from([*COMMUNITY_ROLES, None]), made=overrides)
def test_ownership_goes_from_an_owner_to_a_member(actor, target, made) -> None:  # type: ignore[no-untyped-def]
    goes = permitted(check_transfer, Standing(actor, overrides=made), target)
    assert goes == (actor == "owner" and target in ("admin", "moderator", "member"))


@given(
    actor=roles,
    room_role=st.sampled_from(["admin", "moderator", "member", None]),
    in_room=st.booleans(),
    role=st.sampled_from(ROLES),
    verb=st.sampled_from(VERBS),
    made=overrides,
)
def test_nobody_decides_to_give_what_they_do_not_have(  # type: ignore[no-untyped-def]
    actor, room_role, in_room, role, verb, made
) -> None:
    standing = Standing(actor, room_role if in_room else None, "public" if in_room else None, made)
    if permitted(check_decision, standing, role, verb, True):
        assert refusal(standing, verb) is None or verb not in allowed_anywhere(standing)
        assert role != "owner"


def allowed_anywhere(standing: Standing) -> set[Verb]:
    """What somebody has here, whether of the room or of the community."""
    return set(allowed(standing)) | set(verbs_of(standing.community_role or "", standing.overrides))


@given(actor=roles, banner=st.sampled_from([*COMMUNITY_ROLES, None]), made=overrides)
def test_a_ban_is_changed_by_whoever_stands_as_high(actor, banner, made) -> None:  # type: ignore[no-untyped-def]
    may = permitted(check_banner, Standing(actor, overrides=made), banner)
    assert may == (banner is None or RANK[banner] <= RANK[actor])


def test_an_admin_decides_for_members_and_not_for_admins() -> None:
    admin = Standing("admin")
    member: Role = "member"
    check_decision(admin, member, "create_room", False)
    check_decision(admin, "room_member", "post_message", False)
    for role, verb in (
        ("admin", "create_room"),
        ("owner", "create_room"),
        ("member", "see_community"),
    ):
        with pytest.raises(Refused):
            check_decision(admin, role, verb, False)  # type: ignore[arg-type]


def test_what_was_taken_from_an_admin_in_every_room_is_not_theirs_to_give() -> None:
    for made, may in (({}, True), ({("admin", "remove_message"): False}, False)):
        admin = Standing("admin", overrides=made)
        for role in ("moderator", "room_admin", "room_member"):
            assert permitted(check_decision, admin, role, "remove_message", True) is may
            assert permitted(check_decision, admin, role, "remove_message", False)


def test_who_may_decide_for_members_gives_them_no_more_than_they_have_in_a_room() -> None:
    moderator = Standing("moderator", overrides={("moderator", "edit_permissions"): True})
    for verb, may in (("post_message", True), ("pin_message", True), ("edit_room", False)):
        assert permitted(check_decision, moderator, "member", verb, True) is may


def test_a_rooms_admin_decides_in_their_room_alone() -> None:
    room_admin = Standing("member", "admin", "public")
    check_decision(room_admin, "room_member", "post_message", False)
    with pytest.raises(Refused, match="bad_fields"):
        check_decision(room_admin, "room_member", "create_room", False)
    with pytest.raises(Refused, match="not_allowed"):
        check_decision(Standing("member", "admin"), "room_member", "post_message", False)
