"""May this person do this here?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.permission_table import (
    IN_COMMUNITY,
    IN_FRONT_OF_ROOM,
    ROLES,
    TABLE,
    UNDECIDABLE,
    VERBS,
    WRITING,
)
from domain.permissions import (
    Override,
    Standing,
    allowed,
    decided,
    in_a_seat,
    refusal,
    standing,
    switched_off,
    unaccepted,
    without_membership,
)
from schema.filters import FILTERS_BYTES
from schema.rpc import Admission, RoomFacts
from schema.wire import Person

COMMUNITY_ROLES = ["owner", "admin", "moderator", "member", "guest", "bot"]
roles = st.sampled_from([*COMMUNITY_ROLES, None])
room_roles = st.sampled_from(["admin", "moderator", "member", None])
rooms = st.sampled_from(["public", "private", None])
verbs = st.sampled_from(VERBS)
overrides = st.lists(
    st.builds(
        Override,
        st.sampled_from(["", "hall"]),
        st.sampled_from(ROLES),
        verbs,
        st.booleans(),
    ),
    max_size=12,
)


def with_decisions(standing: Standing, *made: Override) -> Standing:
    return Standing(standing.community_role, standing.room_role, standing.room, decided(made))


def test_every_verb_stands_in_one_of_the_two_tables() -> None:
    assert set(VERBS) == set(TABLE) == IN_COMMUNITY.keys() | IN_FRONT_OF_ROOM.keys()
    assert not IN_COMMUNITY.keys() & IN_FRONT_OF_ROOM.keys()


@pytest.mark.parametrize("role", COMMUNITY_ROLES[:4])
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


def test_what_the_room_decided_counts_before_what_the_community_decided() -> None:
    member = Standing("member", "member", "public")
    quiet = Override("", "room_member", "post_message", False)
    open_here = Override("hall", "room_member", "post_message", True)
    assert refusal(with_decisions(member, quiet), "post_message") == "not_allowed"
    assert refusal(with_decisions(member, open_here, quiet), "post_message") is None


def test_an_announcement_room_is_open_to_its_admins_alone() -> None:
    quiet = Override("hall", "room_member", "post_message", False)
    assert (
        refusal(with_decisions(Standing("member", "admin", "public"), quiet), "post_message")
        is None
    )
    assert (
        refusal(with_decisions(Standing("admin", "member", "public"), quiet), "post_message")
        is None
    )
    visitor = with_decisions(Standing("member", None, "public"), quiet)
    assert refusal(visitor, "post_message") == "not_allowed", "to join would not help"


def test_a_right_to_post_is_never_one_for_visitors() -> None:
    given_to_members = Override("", "member", "post_message", True)
    visitor = with_decisions(Standing("member", None, "public"), given_to_members)
    assert refusal(visitor, "post_message") == "join_first"


def test_reading_can_be_kept_from_visitors_and_not_from_those_who_are_in() -> None:
    closed = Override("hall", "member", "read_room", False)
    assert (
        refusal(with_decisions(Standing("member", None, "public"), closed), "read_room")
        == "room_not_found"
    )
    assert (
        refusal(with_decisions(Standing("member", "member", "public"), closed), "read_room") is None
    )


@given(verb=verbs, room=rooms, made=overrides)
def test_who_is_no_member_of_the_community_may_nothing(verb, room, made) -> None:  # type: ignore[no-untyped-def]
    assert refusal(Standing(None, None, room, decided(made)), verb) is not None


@given(verb=verbs, room_role=room_roles, room=rooms, made=overrides)
def test_nobody_decides_over_an_owner(verb, room_role, room, made) -> None:  # type: ignore[no-untyped-def]
    room_role = room_role if room else None
    free = refusal(Standing("owner", room_role, room), verb)
    assert refusal(Standing("owner", room_role, room, decided(made)), verb) == free


@given(role=roles, room_role=room_roles, room=rooms, made=overrides)
def test_what_is_not_to_be_decided_is_not(role, room_role, room, made) -> None:  # type: ignore[no-untyped-def]
    room_role = room_role if room else None
    for verb in UNDECIDABLE:
        free = refusal(Standing(role, room_role, room), verb)
        assert refusal(Standing(role, room_role, room, decided(made)), verb) == free


@given(role=roles, room_role=room_roles, room=rooms, made=overrides)
def test_allowed_lists_exactly_what_is_not_refused(role, room_role, room, made) -> None:  # type: ignore[no-untyped-def]
    standing = Standing(role, room_role if room else None, room, decided(made))
    asked = IN_FRONT_OF_ROOM if room else IN_COMMUNITY
    assert allowed(standing) == [verb for verb in asked if refusal(standing, verb) is None]


@given(role=roles, verb=st.sampled_from(list(IN_FRONT_OF_ROOM)), made=overrides)
def test_a_private_room_is_never_confirmed_to_somebody_outside(role, verb, made) -> None:  # type: ignore[no-untyped-def]
    hidden = refusal(Standing(role, None, "private", decided(made)), verb)
    assert hidden == "room_not_found"


def test_what_is_switched_off_nobody_has_and_switched_on_again_they_do() -> None:
    for features, expected in (({}, None), ({"graphs": False}, "not_allowed")):
        for role in ("owner", "member"):
            standing = Standing(role, "member", "public", switched_off(features))
            assert refusal(standing, "share_graph") == expected
            assert refusal(standing, "save_graph") == expected
            assert refusal(standing, "catch_up") is None


def test_what_is_switched_off_stays_off_for_who_left_the_room() -> None:
    standing = Standing("member", "member", "public", switched_off({"assistant": False}))
    verbs = [(role, verb, yes) for (role, verb), yes in standing.overrides.items()]
    admission = Admission(
        person=Person(id="ada", name="Ada"),
        community_role="member",
        room_role="member",
        may=allowed(standing),
        decided=verbs,
        room=RoomFacts(id="r", name="R", description="", community_id="c", settings={}),
    )
    left = without_membership(admission).may
    assert "catch_up" not in left and "read_room" in left


ATTACHMENT_BYTES = 16_384
"""What the platform keeps for a socket at most."""


def admitted(standing: Standing) -> Admission:
    """Somebody in a room, in a community that filters as much as it may."""
    settings = {"visibility": standing.room or "public", "filters": {"x": "y" * FILTERS_BYTES}}
    room = RoomFacts(
        id="h" * 64, name="Hall", description="d" * 1_000, community_id="c" * 64, settings=settings
    )
    return Admission(
        person=Person(id="p" * 64, name="n" * 80),
        community_role=standing.community_role or "",
        room_role=standing.room_role,
        may=allowed(standing),
        decided=[(*key, yes) for key, yes in standing.overrides.items()],
        session="s" * 64,
        room=room,
    )


def test_a_socket_can_keep_an_admission_whatever_was_decided() -> None:
    everything = [Override("", role, verb, False) for role in ROLES for verb in VERBS]
    whole = admitted(with_decisions(Standing("moderator", "moderator", "private"), *everything))
    assert len(whole.model_dump_json()) > ATTACHMENT_BYTES
    assert len(in_a_seat(whole).model_dump_json()) < ATTACHMENT_BYTES


@given(roles, room_roles, rooms, overrides)
def test_in_a_socket_the_same_is_allowed_and_the_same_is_left(role, room_role, room, made) -> None:  # type: ignore[no-untyped-def]
    before = with_decisions(Standing(role, room_role, room), *made)
    kept = in_a_seat(admitted(before))
    for verb in IN_FRONT_OF_ROOM:
        assert refusal(standing(kept), verb) == refusal(before, verb) or room is None
    left = without_membership(kept)
    assert left.may == without_membership(admitted(before)).may


def test_who_has_not_accepted_the_guidelines_writes_nothing_and_reads_on() -> None:
    for role in ("owner", "member"):
        free = Standing(role, "member", "public")
        bound = replace(free, overrides=unaccepted())
        assert refusal(free, "post_message") is None
        assert refusal(bound, "post_message") == "guidelines_first"
        assert set(allowed(free)) - set(allowed(bound)) == set(WRITING) & set(allowed(free))
        visiting = replace(bound, room_role=None)
        assert refusal(visiting, "read_room") is None
    outside = Standing(None, None, "public", unaccepted())
    assert refusal(outside, "post_message") == "room_not_found"
