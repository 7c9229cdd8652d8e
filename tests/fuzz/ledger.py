"""What a room told one socket, held to what its frames had to be answered with.

Refusals and pages go out at once; messages wait for the next frame, and what was sent again is
answered after it. Each of the three kinds is in order, so the answers are matched in three queues.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, TypeVar

from schema import wire
from tests.fuzz.oracle import Answer, No, Paged, Ponged, Posted, Silent

A = TypeVar("A", Paged, No)
ALMOST_A_PAGE = 900_000


class Wrong(AssertionError):
    """The room did not answer as it must."""


@dataclass
class Ledger:
    """The log of a room as one socket of `author_id` has it, and their refs in it."""

    author_id: str
    entries: dict[int, wire.LoggedEvent] = field(default_factory=dict)
    mine: dict[str, int] = field(default_factory=dict)
    head: int = 0

    def begin(self, answers: list[Answer], paced: bool = False) -> "Due":
        """What is due for some frames that go out together."""
        due, new = Due(paced=paced), set[str]()
        for answer in answers:
            if isinstance(answer, Ponged):
                due.pongs += 1
            elif isinstance(answer, Posted) and answer.ref not in self.mine.keys() | new:
                new.add(answer.ref)
                due.news.append(answer)
            elif isinstance(answer, Posted):
                due.repeats.append(answer)
            elif isinstance(answer, Silent):
                due.silent.append(answer)
            else:
                due.direct.append(answer)
        return due

    def hear(self, event: wire.Event, due: "Due") -> None:
        """Take one event; raises Wrong for one that is not due."""
        match event:
            case wire.MessagePosted() if event.seq == self.head + 1:
                self.add(event, due)
            case wire.MessagePosted():
                self.again(event, due)
            case wire.HistoryLoaded():
                self.check_page(event, due.next_direct(Paged, event))
            case wire.CommandRefused():
                check_refusal(event, due)
            case wire.Pong():
                due.pongs -= 1
            case wire.PresenceChanged() | wire.TypingChanged() | wire.Checkpoint():
                pass
            case _:
                raise Wrong(f"nothing asked for {event!r:.500}")

    def add(self, event: wire.MessagePosted, due: "Due") -> None:
        self.head = event.seq
        self.entries[event.seq] = event
        if event.message.author.id != self.author_id:
            return
        if not due.news:
            raise Wrong(f"nobody posted {event!r:.500}")
        answer = due.news.popleft()
        if (event.ref, event.message.content) != (answer.ref, answer.content):
            raise Wrong(f"{answer!r:.300} became {event!r:.500}")
        self.mine[event.ref] = event.seq

    def again(self, event: wire.MessagePosted, due: "Due") -> None:
        if not due.repeats:
            raise Wrong(f"nobody sent {event!r:.500} again")
        answer = due.repeats.popleft()
        seq = self.mine.get(answer.ref)
        if event.ref != answer.ref or seq is None or event != self.entries[seq]:
            raise Wrong(f"{answer!r:.300} was posted as {seq}, and is now {event!r:.500}")

    def check_page(self, page: wire.HistoryLoaded, answer: Paged) -> None:
        """The page begins and ends where it must, and holds what was told before."""
        seqs = [event.seq for event in page.events]
        first, last = self.bounds(answer)
        if len(page.model_dump_json().encode()) > ALMOST_A_PAGE and seqs:  # then it may be shorter
            first, last = (first, seqs[-1]) if answer.after is not None else (seqs[0], last)
        around = first > 1 and self.head > 0, last < self.head
        if page.ref != answer.ref or seqs != list(range(first, last + 1)):
            raise Wrong(f"{answer} at head {self.head} gave {seqs[:1]}..{seqs[-1:]} as {page.ref}")
        if (page.has_before, page.has_after) != around:
            raise Wrong(f"{answer} at head {self.head} says {page.has_before} {page.has_after}")
        if any(event != self.entries[event.seq] for event in page.events):
            raise Wrong(f"{answer} tells of other messages than were told before")

    def bounds(self, answer: Paged) -> tuple[int, int]:
        """The first and the last seq of a page; the last is below the first in an empty one."""
        if answer.after is not None:
            first = min(answer.after, self.head) + 1
            return first, min(self.head, first + answer.limit - 1)
        last = min(self.head, (answer.before or self.head + 1) - 1)
        return max(1, last - answer.limit + 1), last


@dataclass
class Due:
    """What must still come. `paced`: any of it may be refused as too fast instead, which is
    counted; then it is due for a single frame and the end of its batch."""

    news: deque[Posted] = field(default_factory=deque)
    repeats: deque[Posted] = field(default_factory=deque)
    direct: deque[Answer] = field(default_factory=deque)
    silent: deque[Silent] = field(default_factory=deque)
    pongs: int = 0
    paced: bool = False
    too_fast: int = 0

    def refuse_for_speed(self, event: wire.CommandRefused) -> None:
        """Whatever was asked with this ref is over."""
        queues: tuple[deque[Any], ...] = (self.news, self.repeats, self.silent, self.direct)
        for queue in queues:
            for answer in list(queue):
                refs = answer.refs if isinstance(answer, No) else {getattr(answer, "ref", None)}
                if event.ref in refs and event.retry_after_ms:
                    queue.remove(answer)
                    self.too_fast += 1
                    return
        raise Wrong(f"nothing was asked for {event!r:.500}")

    def next_direct(self, kind: type[A], event: wire.Event) -> A:
        """The answer that is due now; raises Wrong when it is none of this kind."""
        answer = self.direct.popleft() if self.direct else None
        if not isinstance(answer, kind):
            raise Wrong(f"{answer!r:.300} was answered with {event!r:.500}")
        return answer

    def check_over(self) -> None:
        """Everything has come, and nothing twice."""
        if self.news or self.repeats or self.direct or self.pongs:
            left = [*self.news, *self.repeats, *self.direct]
            raise Wrong(f"no answer: {left!r:.500}, and {self.pongs} pongs")


def check_refusal(event: wire.CommandRefused, due: Due) -> None:
    if due.paced and event.code == "too_fast":
        due.refuse_for_speed(event)
        return
    answer = due.next_direct(No, event)
    if event.code not in answer.codes or event.ref not in answer.refs or not event.detail:
        raise Wrong(f"{answer!r:.300} was answered with {event!r:.500}")
