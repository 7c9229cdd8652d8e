"""A short true history, and the rooms as they are after it, for tests of the checker to break."""

import copy
from dataclasses import dataclass, field
from typing import Any

from tests.faults.checker import check, copy_of
from tests.faults.history import Answered, Asked, Closed, Entry, Heard, Opened, Read, Struck
from tests.faults.truth import Truth
from tests.faults.views import Broken

ROOM = "garden"


def person(who: str) -> dict[str, str]:
    return {"id": who, "name": who}


def message(seq: int, who: str, ref: str) -> dict[str, Any]:
    return {
        "type": "message_posted",
        "seq": seq,
        "ref": ref,
        "message": {
            "id": f"id-{ref}",
            "room_id": ROOM,
            "author": person(who),
            "content": f"post {ref}",
            "message_type": "text",
            "metadata": {},
            "created_at": 1_000 + seq,
        },
    }


def joined(seq: int, who: str, kind: str = "member_joined") -> dict[str, Any]:
    return {"type": kind, "seq": seq, "at": 1_000 + seq, "person": person(who)}


def welcome(head: int, resumed: bool = False) -> dict[str, Any]:
    return {"type": "welcome", "head_seq": head, "resumed": resumed}


def page(*events: dict[str, Any], ref: str | None = None) -> dict[str, Any]:
    return {"type": "history_loaded", "ref": ref, "events": list(events)}


LOG = [message(1, "ada", "a1"), joined(2, "finn"), message(3, "ben", "b1"), message(4, "ada", "a2")]


@dataclass
class Made:
    """What was seen and what is there; a test changes it before it asks for the verdict."""

    log: list[dict[str, Any]] = field(default_factory=lambda: copy.deepcopy(LOG))
    changes: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    _at: float = 0.0

    def at(self) -> float:
        self._at += 1.0
        return self._at

    def asks(self, who: str, ref: str, attempt: int = 1) -> None:
        self.entries.append(Asked(self.at(), who, ROOM, "post", ref, f"post {ref}", attempt))

    def gets(self, who: str, ref: str, outcome: Any = "ok", seq: int | None = None) -> None:
        self.entries.append(Answered(self.at(), who, ROOM, "post", ref, outcome, seq))

    def opens(
        self, who: str, number: int, *events: dict[str, Any], after: int | None = None
    ) -> None:
        self.entries.append(Opened(self.at(), who, ROOM, number, after))
        self.hears(who, number, *events)

    def hears(self, who: str, number: int, *events: dict[str, Any]) -> None:
        self.entries += [Heard(self.at(), who, ROOM, number, event) for event in events]

    def closes(self, who: str, number: int) -> None:
        self.entries.append(Closed(self.at(), who, ROOM, number, 1006))

    def reads(self, who: str, *events: dict[str, Any]) -> None:
        self.entries.append(Read(self.at(), who, ROOM, list(events)))

    def killed(self) -> None:
        self.entries.append(Struck(self.at(), "killed", "begins"))

    def is_quiet(self) -> None:
        self.entries.append(Struck(self.at(), "quiet", "begins"))

    def truth(self) -> Truth:
        posted = [event for event in self.log if event["type"] == "message_posted"]
        given: dict[str, Any] = {
            "room": ROOM,
            "log": self.log,
            "stored": [{**event, "row": event["seq"]} for event in self.log],
            "copied": [copy_of(event) for event in posted],
            "founders": {"ada", "ben"},
            "members": {"ada", "ben", "finn"},
            "here": ["ada"],
            "told": ["ada"],
            "told_empty": [],
        }
        return Truth(**{**given, **self.changes})

    def verdict(self) -> list[Broken]:
        return check(self.entries, [self.truth()])

    def rules(self) -> set[str]:
        return {broken.rule for broken in self.verdict()}


def usual() -> Made:
    """Ada and Ben talk; Ada's line breaks once, and she comes back with what she missed."""
    made = Made()
    made.opens("ada", 1, welcome(0), page())
    made.asks("ada", "a1")
    made.hears("ada", 1, LOG[0])
    made.gets("ada", "a1", seq=1)
    made.opens("ben", 2, welcome(1), page(LOG[0]))
    made.hears("ben", 2, LOG[1])
    made.closes("ada", 1)
    made.asks("ben", "b1")
    made.hears("ben", 2, LOG[2])
    made.gets("ben", "b1", seq=3)
    made.opens("ada", 3, welcome(3, resumed=True), page(LOG[1], LOG[2]), after=1)
    made.asks("ada", "a2")
    made.hears("ada", 3, LOG[3])
    made.gets("ada", "a2", seq=4)
    made.hears("ben", 2, LOG[3])
    made.reads("ben", *LOG)
    made.is_quiet()
    return made
