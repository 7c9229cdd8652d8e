"""What a place decides of the table, and the words for a refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deciding import check, table
from domain.explaining import DOING, why_not
from domain.permission_table import ROLES, VERBS
from domain.permissions import Override, Standing, decided, refusal, switched_off
from records import permission_overrides
from schema.permissions import Decision
from schema.refusals import Refused
from tests.unit.test_rooms_records import two_communities

QUIET = Override("", "room_member", "post_message", False)


def wanted(role: str, verb: str, allowed: bool | None) -> Decision:
    return Decision.model_validate({"role": role, "verb": verb, "allowed": allowed})


def test_a_room_sees_what_the_community_decided_as_its_default() -> None:
    room = Override("hall", "room_moderator", "post_message", False)
    actor = Standing("admin", "member", "public")
    [post] = [p for p in table(actor, [QUIET, room]).permissions if p.verb == "post_message"]
    assert "room_member" not in post.by_default and "room_moderator" in post.by_default
    assert post.decided == {"room_moderator": False}


def test_a_decision_is_taken_back_by_who_could_have_made_it() -> None:
    lost = Override("", "admin", "ban_member", False)
    admin = Standing("admin", overrides=decided([lost]))
    check(admin, [lost], wanted("member", "create_room", None))
    with pytest.raises(Refused, match="not_allowed"):
        check(admin, [lost], wanted("moderator", "ban_member", None))
    with pytest.raises(Refused, match="bad_fields"):
        check(admin, [lost], wanted("room_member", "create_room", False))


async def test_decisions_are_kept_for_their_place_alone() -> None:
    db = await two_communities()
    hall = Override("aurora-commons", "room_member", "post_message", True)
    for what in (QUIET, hall, hall._replace(allowed=False)):
        await db.batch(permission_overrides.decide("aurora", what))
    made = await permission_overrides.made(db, "aurora", "aurora-commons")
    assert made == [QUIET, hall._replace(allowed=False)]
    assert await permission_overrides.made(db, "aurora", "aurora-board") == [QUIET]
    assert await permission_overrides.made(db, "borealis", "aurora-commons") == []
    await db.batch(permission_overrides.undo("aurora", "", "room_member", "post_message"))
    assert await permission_overrides.made(db, "aurora") == []


@pytest.mark.parametrize(
    ("standing", "verb", "words"),
    [
        (
            Standing("guest"),
            "create_room",
            "You cannot create rooms here because only the owner, admins, moderators and"
            " members may.",
        ),
        (
            Standing("member", "member", "public", decided([QUIET])),
            "post_message",
            "You cannot post messages here because it was decided that members of the room"
            " may not.",
        ),
        (
            Standing("member", None, "public"),
            "post_message",
            "You cannot post messages here because you have not joined this room.",
        ),
        (
            Standing("admin"),
            "delete_community",
            "You cannot delete the community here because only the owner may.",
        ),
        (
            Standing("owner", overrides=switched_off({"graphs": False})),
            "save_graph",
            "You cannot save graphs here because this community has it switched off.",
        ),
    ],
)
def test_a_refusal_says_why(standing: Standing, verb: str, words: str) -> None:
    code = refusal(standing, verb)  # type: ignore[arg-type]
    assert code is not None
    assert why_not(standing, verb, code) == words  # type: ignore[arg-type]


@given(
    role=st.sampled_from(["owner", "admin", "moderator", "member", "guest", "bot", None]),
    room_role=st.sampled_from(["admin", "moderator", "member", None]),
    room=st.sampled_from(["public", "private", None]),
    verb=st.sampled_from(VERBS),
    made=st.lists(
        st.builds(
            Override, st.just(""), st.sampled_from(ROLES), st.sampled_from(VERBS), st.booleans()
        )
    ),
)
def test_every_refusal_has_words_and_a_hidden_room_has_none(  # type: ignore[no-untyped-def]
    role, room_role, room, verb, made
) -> None:
    standing = Standing(role, room_role if room else None, room, decided(made))
    code = refusal(standing, verb)
    if code == "room_not_found":
        assert why_not(standing, verb, code) is None
    elif code is not None:
        words = why_not(standing, verb, code)
        assert words is not None and DOING[verb] in words and words.endswith(".")
