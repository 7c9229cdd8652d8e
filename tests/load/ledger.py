"""What was sent against what each receiver saw: latencies, and whether the log held for everyone.

Everything is a number: a message is its place in the list of what was sent, times are nanoseconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

UNKNOWN = -1


@dataclass(frozen=True)
class Sent:
    """One message: the room it went to, and when it left."""

    room: int
    at_ns: int


@dataclass
class Sight:
    """What one receiver saw in one room, in the order it came; all lists are equally long.

    `messages` holds UNKNOWN for a message that nobody of us sent.
    """

    room: int
    messages: list[int] = field(default_factory=list)
    seqs: list[int] = field(default_factory=list)
    at_ns: list[int] = field(default_factory=list)

    def add(self, message: int, seq: int, at_ns: int) -> None:
        """Note one more arrival."""
        self.messages.append(message)
        self.seqs.append(seq)
        self.at_ns.append(at_ns)


@dataclass
class Order:
    """The order of each room, as its receivers tell it."""

    messages: dict[tuple[int, int], int] = field(default_factory=dict)
    seqs: dict[int, int] = field(default_factory=dict)

    def agrees(self, room: int, message: int, seq: int) -> bool:
        """Say whether this message had this seq, and this seq this message, for all before."""
        same_message = self.messages.setdefault((room, seq), message) == message
        return (self.seqs.setdefault(message, seq) == seq) and same_message


@dataclass
class Account:
    """The sum of it. Latencies are those of first arrivals; both lists are ascending."""

    latencies_ns: list[int] = field(default_factory=list)
    arrivals_ns: list[int] = field(default_factory=list)
    expected: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    unknown: int = 0

    @property
    def deliveries(self) -> int:
        """Return the number of first arrivals."""
        return len(self.latencies_ns)

    @property
    def holds(self) -> bool:
        """Say whether everyone saw everything once, in one order, and nothing else."""
        return not (self.lost or self.doubled or self.disordered or self.unknown)


def account(sent: Sequence[Sent], sights: Iterable[Sight]) -> Account:
    """Return what came of the messages: each is due at every receiver of its room, once.

    Disordered is an arrival whose seq is not above all that its receiver had before, and one that
    another receiver of the room had with another seq, or whose seq meant another message there.
    """
    due = per_room(sent)
    order = Order()
    found = Account()
    for sight in sights:
        expected = due.get(sight.room, set())
        found.expected += len(expected)
        seen = take(sight, sent, order, found)
        found.lost += len(expected - seen)
    found.latencies_ns.sort()
    found.arrivals_ns.sort()
    return found


@dataclass(frozen=True)
class Breaks:
    """What is wrong with one reader's log."""

    lost: int
    doubled: int
    disordered: int


def breaks(seqs: Sequence[int], base: int, head: int) -> Breaks:
    """Return what is wrong with a log that must run from `base` + 1 to `head`, in order, once each.

    Disordered is a seq that comes, for the first time, after a larger one.
    """
    seen: set[int] = set()
    doubled = disordered = 0
    newest = base
    for seq in seqs:
        if seq in seen:
            doubled += 1
            continue
        disordered += seq < newest
        newest = max(newest, seq)
        seen.add(seq)
    return Breaks(len(set(range(base + 1, head + 1)) - seen), doubled, disordered)


def per_room(sent: Sequence[Sent]) -> dict[int, set[int]]:
    """Return the messages of each room."""
    rooms: dict[int, set[int]] = {}
    for number, message in enumerate(sent):
        rooms.setdefault(message.room, set()).add(number)
    return rooms


def take(sight: Sight, sent: Sequence[Sent], order: Order, found: Account) -> set[int]:
    """Add one receiver's sight to the account; return which messages it saw."""
    seen: set[int] = set()
    newest = 0
    for message, seq, at_ns in zip(sight.messages, sight.seqs, sight.at_ns, strict=True):
        if message == UNKNOWN or sent[message].room != sight.room:
            found.unknown += 1
            continue
        if message in seen:
            found.doubled += 1
            continue
        seen.add(message)
        found.disordered += seq <= newest or not order.agrees(sight.room, message, seq)
        newest = max(newest, seq)
        found.latencies_ns.append(at_ns - sent[message].at_ns)
        found.arrivals_ns.append(at_ns)
    return seen
