"""What somebody new to a community does not do yet, and from when on they may."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.explaining import DOING
from schema.filters import Newcomers
from schema.ids import Millis
from schema.refusals import Refused
from schema.verbs import Verb

HOUR_MS, MINUTE_MS = 3_600_000, 60_000
WINDOW_MS = 10 * MINUTE_MS
ROOMS: tuple[Verb, ...] = ("create_room", "create_private_room")
INVITING: tuple[Verb, ...] = ("invite_member", "invite_guest")
LATER: tuple[Verb, ...] = (*ROOMS, *INVITING)
BOUND = ("member", "guest")
"""Whoever was given more than these is trusted by that."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody's role in the community, and since when they are in it."""

    role: str | None
    came_at: Millis | None


def is_new(rules: Newcomers, who: Newcomer, now: Millis) -> bool:
    return who.role in BOUND and now < _end(rules, who)


def check_verb(rules: Newcomers, who: Newcomer, verb: Verb, now: Millis) -> None:
    """Refuses: too_new."""
    closed = (verb in ROOMS and not rules.create_rooms) or (verb in INVITING and not rules.invite)
    if closed and is_new(rules, who, now):
        day = _day(_end(rules, who))
        raise Refused("too_new", f"You are new here. You can {DOING[verb]} from {day}.")


def check_pace(rules: Newcomers, who: Newcomer, nth_at: Millis | None, now: Millis) -> None:
    """`nth_at`: when they wrote as many messages ago as they may within the window.

    Refuses: too_new.
    """
    if nth_at is None or not is_new(rules, who, now) or now >= nth_at + WINDOW_MS:
        return
    left = nth_at + WINDOW_MS - now
    minutes, day = -(-left // MINUTE_MS), _day(_end(rules, who))
    raise Refused(
        "too_new",
        f"Until {day} you can post {rules.messages} in ten minutes. Write again in {minutes} min.",
        left,
    )


def _end(rules: Newcomers, who: Newcomer) -> Millis:
    return (who.came_at or 0) + rules.hours * HOUR_MS


def _day(at: Millis) -> str:
    """Never too early: the next full minute."""
    moment = datetime.fromtimestamp(-(-at // MINUTE_MS) * 60, UTC)
    return f"{moment.day} {moment:%B, %H:%M} UTC"
