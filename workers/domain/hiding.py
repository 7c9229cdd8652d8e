"""Who is hidden from whom, and what a room tells instead of what it withholds.

A block hides both from each other: neither is told that the other is there, types, or what they
write. Whoever may remove messages in a room reads them all, since nobody moderates what they
cannot see.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from schema import tell
from schema.rpc import Admission
from schema.wire import MessageWithheld, Person, PresenceChanged

HIDDEN_MOST = 500
"""So many people are hidden from somebody in a room at the most."""

DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Curtain:
    """Between one person and those hidden from them. `named` finds any of them in a text."""

    hidden: frozenset[str]
    named: re.Pattern[str]
    withholds: bool

    def people(self, people: Iterable[Person]) -> list[Person]:
        return [person for person in people if person.id not in self.hidden]

    def event(self, text: str) -> str | None:
        """An event as it is told to this person; None: not at all."""
        if not self.named.search(text):
            return text
        told = json.loads(text)
        match told["type"]:
            case "message_posted":
                return self._message(text, told)
            case "typing_changed":
                return None if told["person"]["id"] in self.hidden else text
            case "presence_changed":
                return self._presence(PresenceChanged.model_validate(told))
        return text

    def log(self, events: str) -> str:
        """Entries of a log that are joined by commas."""
        if not self.withholds or not self.named.search(events):
            return events
        return ",".join(self.event(entry) or "" for entry in _entries(events))

    def _message(self, text: str, told: dict[str, Any]) -> str:
        message = told["message"]
        if not self.withholds or message["author"]["id"] not in self.hidden:
            return text
        return tell.event(MessageWithheld(seq=told["seq"], at=message["created_at"]))

    def _presence(self, told: PresenceChanged) -> str | None:
        arrived, left = self.people(told.arrived), self.people(told.left)
        if not arrived and not left:
            return None
        return tell.event(PresenceChanged(arrived=arrived, left=left))


class Views:
    """A frame as those see it from whom others are hidden: made once for all who may not see the
    same people of it."""

    def __init__(self, text: str, events: list[str]):
        self._text = text
        self._events = events
        self._made: dict[tuple[bool, frozenset[str]], str | None] = {}

    def behind(self, curtain: Curtain) -> str | None:
        """The frame's text; None when nothing is left of it."""
        key = (curtain.withholds, frozenset(curtain.named.findall(self._text)))
        if not key[1]:
            return self._text
        if key not in self._made:
            seen = [told for event in self._events if (told := curtain.event(event)) is not None]
            self._made[key] = tell.frame(seen) if seen else None
        return self._made[key]


def curtain(hidden: Iterable[str], withholds: bool = True) -> Curtain | None:
    """None where nobody is hidden, as for nearly everybody."""
    ids = frozenset(hidden)
    if not ids:
        return None
    # Only where an id stands: what somebody writes, however many quotes, is passed over at once.
    named = re.compile('"id":"(?:' + "|".join(map(re.escape, sorted(ids))) + ')"')
    return Curtain(ids, named, withholds)


def before(admission: Admission) -> Curtain | None:
    """The curtain before somebody who was admitted to a room."""
    return curtain(admission.hidden, withholds="remove_message" not in admission.may)


def sees_others(was: Admission, now: Admission) -> bool:
    """Whether somebody is to be told anew who is here and what was said."""
    seen_of = [(one.hidden, unread(one), one.invisible) for one in (was, now)]
    return seen_of[0] != seen_of[1]


def unread(admission: Admission) -> list[str]:
    """Whose messages in this room are not for somebody who was admitted to it."""
    return [] if "remove_message" in admission.may else admission.hidden


def hidden(blocked: Iterable[str], blocked_by: Iterable[str]) -> list[str]:
    """Both ways, each once. Each way has half of the places in any case: who blocks many does not
    come to read those who blocked them, nor the other way round."""
    own, others, half = list(blocked), list(blocked_by), HIDDEN_MOST // 2
    surely = [*own[:half], *others[:half]]
    return list(dict.fromkeys([*surely, *own, *others]))[:HIDDEN_MOST]


def _entries(events: str) -> Iterator[str]:
    at = 0
    while at < len(events):
        _, end = DECODER.raw_decode(events, at)
        yield events[at:end]
        at = end + 1
