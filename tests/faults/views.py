"""What each socket saw, held against the promise of docs/protocol.md: a page, and then no gap."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from schema.wire import RESUME_MAX
from tests.faults.history import Closed, Entry, Heard, Opened

LOGGED = {"message_posted", "member_joined", "member_left"}
Event = dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """A promise that was not kept: which one, and what was seen."""

    rule: str
    room: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule} in {self.room}: {self.what}"


@dataclass
class View:
    """One socket: what it asked for, and every event in its order."""

    client: str
    room: str
    connection: int
    after: int | None
    opened_at: float
    closed_at: float | None = None
    heard: list[Heard] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.client}'s socket {self.connection} (after={self.after})"

    def newest(self) -> int:
        """The newest seq that it was told of, -1 when it was told nothing at all."""
        heard = [event for one in self.heard for event in logged(one.event)]
        heads = [h.event["head_seq"] for h in self.heard if h.event["type"] == "welcome"]
        return max([*heads, *(event["seq"] for event in heard)], default=-1)

    def broken(self, rule: str, what: str) -> Broken:
        return Broken(rule, self.room, f"{self.name}: {what}")


def views(entries: list[Entry]) -> list[View]:
    """Every connection of a history."""
    found: dict[int, View] = {}
    for entry in entries:
        match entry:
            case Opened():
                found[entry.connection] = View(
                    entry.client, entry.room, entry.connection, entry.after, entry.at
                )
            case Heard():
                found[entry.connection].heard.append(entry)
            case Closed():
                found[entry.connection].closed_at = entry.at
    return list(found.values())


def logged(event: Event) -> list[Event]:
    """The log entries in an event: itself, or those of a page."""
    if event["type"] == "history_loaded":
        return list(event["events"])
    return [event] if event["type"] in LOGGED else []


def check_view(view: View, asked_by: set[tuple[str, str, str]]) -> Iterator[Broken]:
    """The first frame is as asked, and what follows goes on from it. `asked_by`: who sent what."""
    events = [heard.event for heard in view.heard]
    if not events:
        return
    if events[0]["type"] != "welcome":
        yield view.broken("first frame", f"it begins with {events[0]['type']}")
        return
    start = next((n for n, e in enumerate(events) if _is_first_page(e)), None)
    if start is None:
        if len(events) > 2:
            yield view.broken("first frame", "there was no page in it")
        return
    yield from _first_frame(view, events[0], events[1:start], events[start])
    yield from _live(view, events[0]["head_seq"], events[start + 1 :], asked_by)


def _is_first_page(event: Event) -> bool:
    return event["type"] == "history_loaded" and event["ref"] is None


def _first_frame(view: View, welcome: Event, between: list[Event], page: Event) -> Iterator[Broken]:
    """Exactly what was missed, or a reason why not, and the latest page up to the head."""
    head, after = welcome["head_seq"], view.after
    far = [event["type"] for event in between] == ["too_far_behind"]
    if between and not far:
        yield view.broken("first frame", f"{[event['type'] for event in between]} in it")
    if after is None and (far or welcome["resumed"]):
        yield view.broken("first frame", "told of coming back, but nothing was asked")
    if after is not None and welcome["resumed"] == far:
        yield view.broken("unannounced gap", f"resumed={welcome['resumed']}, too_far_behind={far}")
    if far and after is not None and 0 <= head - after <= RESUME_MAX:
        yield view.broken("too far behind", f"{head - after} entries are not too many")
    if far and after is not None and after > head:
        yield view.broken("lost", f"the log ends at {head}, but the client had {after} already")
    seqs = [event["seq"] for event in page["events"]]
    first = after + 1 if welcome["resumed"] and after is not None else _first(seqs, head)
    if seqs != list(range(first, head + 1)):
        yield view.broken("page", f"expected {first} to {head}, got {_told(seqs)}")


def _first(seqs: list[int], head: int) -> int:
    """A latest page may begin anywhere, but an empty one only in an empty room."""
    return seqs[0] if seqs else 1 if head else head + 1


def _live(
    view: View, head: int, events: list[Event], asked_by: set[tuple[str, str, str]]
) -> Iterator[Broken]:
    """Each new entry has the last seq + 1; a double is the answer to who sent it again."""
    last = head
    for event in events:
        if event["type"] == "welcome" or _is_first_page(event):
            yield view.broken("first frame", "a second one came")
        if event["type"] == "history_loaded":
            seqs = [one["seq"] for one in event["events"]]
            if seqs and seqs != list(range(seqs[0], seqs[0] + len(seqs))):
                yield view.broken("page", f"it has gaps: {_told(seqs)}")
        if event["type"] not in LOGGED:
            continue
        if event["seq"] == last + 1:
            last += 1
        elif event["seq"] > last:
            yield view.broken("unannounced gap", f"{event['seq']} came after {last}")
            last = event["seq"]
        elif not _answers_again(event, view, asked_by):
            yield view.broken("doubled", f"{event['seq']} came again after {last}")


def _answers_again(event: Event, view: View, asked_by: set[tuple[str, str, str]]) -> bool:
    if event["type"] != "message_posted" or event["message"]["author"]["id"] != view.client:
        return False
    return (view.client, view.room, event["ref"]) in asked_by


def _told(seqs: list[int]) -> str:
    return f"{seqs[0]} to {seqs[-1]}, {len(seqs)} of them" if seqs else "none"
