"""What somebody may see in a room: what `Person.until` waits for, in words for a failure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from schema import wire

E = TypeVar("E")


class Named:
    """Anybody with an id and a name."""

    id: str
    name: str


@dataclass(frozen=True)
class Expected(Generic[E]):
    """An event of one kind that fits; `what` says so in words."""

    what: str
    kind: type[E]
    fits: Callable[[E], bool]

    def first(self, seen: list[wire.Event]) -> E | None:
        return next((e for e in seen if isinstance(e, self.kind) and self.fits(e)), None)


def sees(content: str) -> Expected[wire.MessagePosted]:
    return Expected(repr(content), wire.MessagePosted, lambda e: e.message.content == content)


def sees_ref(ref: str, author: Named) -> Expected[wire.MessagePosted]:
    return Expected(
        f"{author.name}'s message {ref}",
        wire.MessagePosted,
        lambda e: (e.ref, e.message.author.id) == (ref, author.id),
    )


def sees_seq(seq: int) -> Expected[wire.MessagePosted]:
    return Expected(f"message {seq}", wire.MessagePosted, lambda e: e.seq == seq)


def sees_refusal(code: str, ref: str | None) -> Expected[wire.CommandRefused]:
    return Expected(
        f"refusal {code} of {ref}", wire.CommandRefused, lambda e: (e.code, e.ref) == (code, ref)
    )


def sees_page(ref: str | None) -> Expected[wire.HistoryLoaded]:
    return Expected(f"the page {ref}", wire.HistoryLoaded, lambda e: e.ref == ref)


def sees_arrival(who: Named) -> Expected[wire.PresenceChanged]:
    return Expected(
        f"{who.name} arrive", wire.PresenceChanged, lambda e: who.id in [p.id for p in e.arrived]
    )


def sees_departure(who: Named) -> Expected[wire.PresenceChanged]:
    return Expected(
        f"{who.name} go away", wire.PresenceChanged, lambda e: who.id in [p.id for p in e.left]
    )


def sees_typing(who: Named, typing: bool = True) -> Expected[wire.TypingChanged]:
    return Expected(
        f"{who.name} {'type' if typing else 'stop typing'}",
        wire.TypingChanged,
        lambda e: e.person.id == who.id and e.typing is typing,
    )


def sees_joining(who: Named) -> Expected[wire.MemberJoined]:
    return Expected(f"{who.name} join", wire.MemberJoined, lambda e: e.person.id == who.id)


def sees_leaving(who: Named) -> Expected[wire.MemberLeft]:
    return Expected(f"{who.name} leave", wire.MemberLeft, lambda e: e.person.id == who.id)


def sees_pong() -> Expected[wire.Pong]:
    return Expected("a pong", wire.Pong, lambda e: True)


def either(one: Expected[Any], other: Expected[Any]) -> Expected[Any]:
    """Whichever comes first."""
    return Expected(
        f"{one.what} or {other.what}",
        wire.Frame,
        lambda e: any(isinstance(e, which.kind) and which.fits(e) for which in (one, other)),
    )
