"""What somebody new may, and from when on they may everything."""

import pytest

from domain.newcomers import HOUR_MS, WINDOW_MS, Newcomer, check_pace, check_verb
from schema.filters import Newcomers
from schema.refusals import Refused

NOW = 1_795_342_500_000
CLOSED = Newcomers(hours=24, messages=3, create_rooms=False, invite=False)


def new(role: str = "member", hours: float = 1) -> Newcomer:
    return Newcomer(role, NOW - round(hours * HOUR_MS))


@pytest.mark.parametrize("verb", ["create_room", "create_private_room", "invite_guest"])
def test_they_are_told_from_when_on(verb: str) -> None:
    with pytest.raises(Refused, match="too_new") as no:
        check_verb(CLOSED, new(), verb, NOW)  # type: ignore[arg-type]
    assert no.value.detail.endswith("from 23 November, 09:15 UTC.")
    check_verb(CLOSED, new(hours=24), verb, NOW)  # type: ignore[arg-type]
    check_verb(Newcomers(hours=24), new(), verb, NOW)  # type: ignore[arg-type]
    for role in ("moderator", "owner", "bot"):
        check_verb(CLOSED, new(role), verb, NOW)  # type: ignore[arg-type]


def test_nothing_else_is_closed() -> None:
    check_verb(CLOSED, new(), "see_community", NOW)


def test_so_many_messages_in_ten_minutes() -> None:
    just, long_ago = NOW - 61_000, NOW - WINDOW_MS
    with pytest.raises(Refused, match="too_new") as no:
        check_pace(CLOSED, new(), just, NOW)
    assert no.value.retry_after_ms == WINDOW_MS - 61_000
    assert no.value.detail.endswith("Write again in 9 min.")
    for who, nth_at in ((new(), long_ago), (new(), None), (new(hours=25), just)):
        check_pace(CLOSED, who, nth_at, NOW)
