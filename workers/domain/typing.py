"""Who is typing, until it fades."""

from schema.ids import Millis
from schema.wire import TYPING_MS, Person, TypingChanged

AGAIN_MS = 2_000
"""Who goes on typing is told of again, but not more often than this."""


def change(
    typing: dict[str, Millis], person: Person, starts: bool, now: Millis
) -> TypingChanged | None:
    """What to tell the others; None when nothing changed for them. Keeps `typing` up to date."""
    if not starts:
        if typing.pop(person.id, 0) <= now:
            return None
        return TypingChanged(person=person, typing=False, until=now)
    if typing.get(person.id, 0) > now + TYPING_MS - AGAIN_MS:
        return None
    typing[person.id] = now + TYPING_MS
    return TypingChanged(person=person, typing=True, until=now + TYPING_MS)


def still(typing: dict[str, Millis], now: Millis) -> list[str]:
    """Who types at this moment."""
    return sorted(person_id for person_id, until in typing.items() if until > now)
