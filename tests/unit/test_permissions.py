"""May this person do this here?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.permissions import VERBS, Standing, allowed, refusal

ROLES = ["owner", "admin", "moderator", "member", "guest", "bot"]
roles = st.sampled_from([*ROLES, None])
rooms = st.sampled_from(["public", "private", None])


@pytest.mark.parametrize("role", ROLES[:4])
def test_a_room_member_may_talk_and_a_visitor_must_join_first(role: str) -> None:
    assert refusal(Standing(role, "member", "public"), "post_message") is None
    assert refusal(Standing(role, None, "public"), "post_message") == "join_first"


def test_a_visitor_may_read_a_public_room_and_not_know_of_a_private_one() -> None:
    assert refusal(Standing("member", None, "public"), "read_room") is None
    assert refusal(Standing("member", None, "private"), "read_room") == "room_not_found"


def test_a_guest_sees_only_rooms_they_are_in() -> None:
    assert refusal(Standing("guest", "member", "public"), "read_room") is None
    assert refusal(Standing("guest", None, "public"), "read_room") == "room_not_found"


def test_members_make_rooms_and_guests_do_not() -> None:
    assert refusal(Standing("member"), "create_room") is None
    assert refusal(Standing("guest"), "create_room") == "not_allowed"


def test_a_room_verb_needs_a_room() -> None:
    assert refusal(Standing("owner"), "read_room") == "room_not_found"


@given(verb=st.sampled_from(VERBS), room=rooms)
def test_who_is_no_member_of_the_community_may_nothing(verb, room) -> None:  # type: ignore[no-untyped-def]
    assert refusal(Standing(None, None, room), verb) is not None


@given(role=roles, room_role=st.sampled_from(["admin", "member", None]), room=rooms)
def test_allowed_lists_exactly_what_is_not_refused(role, room_role, room) -> None:  # type: ignore[no-untyped-def]
    standing = Standing(role, room_role if room else None, room)
    assert allowed(standing) == [verb for verb in VERBS if refusal(standing, verb) is None]


@given(role=roles, verb=st.sampled_from(VERBS))
def test_a_private_room_is_never_confirmed_to_somebody_outside(role, verb) -> None:  # type: ignore[no-untyped-def]
    hidden = refusal(Standing(role, None, "private"), verb)
    absent = refusal(Standing(role, None, None), verb)
    if verb.endswith("_room") and verb != "create_room":
        assert hidden in ("room_not_found", absent)
