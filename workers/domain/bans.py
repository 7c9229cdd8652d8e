"""Keeping somebody out of a community: until a moment, or for good."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.permissions import Standing
from domain.roles import RANK, rank
from schema.ids import Millis
from schema.refusals import Refused

LAST_MS = 253_402_300_800_000
"""The year 10000, beyond which no calendar of ours goes."""


@dataclass(frozen=True)
class Kept:
    """Why somebody is kept out, and until when."""

    reason: str
    until: Millis | None


def check_end(until: Millis | None, now: Millis) -> None:
    """A ban ends later, and while there are calendars. Refuses: bad_fields."""
    if until is not None and not now < until < LAST_MS:
        raise Refused("bad_fields", "A ban ends at a moment to come.")


def check_banner(actor: Standing, banner: str | None) -> None:
    """Lift a ban, or give it other words and another end. `banner`: the role today of who made it.

    Refuses: not_allowed.
    """
    if banner is not None and RANK[banner] > rank(actor):
        raise Refused("not_allowed", "Somebody above you keeps them out.")


def refuse_entry(kept: Kept | None, community: str, now: Millis) -> None:
    """Refuses: banned, with the words that they may read."""
    if kept is None or (kept.until is not None and kept.until <= now):
        return
    end = "" if kept.until is None else f" until {_day(kept.until)}"
    why = f" The reason given: {kept.reason}" if kept.reason else ""
    raise Refused("banned", f"You are banned from {community}{end}.{why}")


def _day(at: Millis) -> str:
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
