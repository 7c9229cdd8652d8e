"""Who is in a room and who types there: told to the sockets, published for readers outside."""

from collections.abc import Callable, Iterable
from typing import Any

from domain import typing as typists
from domain.presence import Presence
from durable_objects.room_copies import RoomCopies
from schema import tell
from schema.ids import Millis
from schema.rpc import Admission
from schema.wire import Person

TYPING_TTL_S = 60
"""KV's shortest: what nobody takes back, such as typing that faded, is gone after it."""


class RoomPresence:
    """Kept in memory alone: after a sleep it is counted anew from the sockets that are open, of
    which `here` tells who was admitted."""

    def __init__(self, copies: RoomCopies, here: Callable[[], Iterable[Admission]]):
        self._copies = copies
        self._here = here
        self._awake = False
        self._presence = Presence()
        self._typing: dict[str, Millis] = {}

    def wake(self) -> None:
        """Who was here before the sleep is here still, and no news. To be called before anybody
        comes, goes or changes; a room that wakes for a message alone counts nobody."""
        if self._awake:
            return
        self._awake = True
        for admission in self._here():
            if not admission.invisible:
                self._presence.enter(admission.person)
        self._presence.change()

    def people_with(self, person: Person) -> list[Person]:
        """Who will be here when this person has entered."""
        self.wake()
        return list({**self._presence.people, person.id: person}.values())

    def enter(self, admission: Admission, now: Millis) -> None:
        if not admission.invisible:
            self._presence.enter(admission.person)
            self._publish(admission.person, now)

    def leave(self, admission: Admission, now: Millis) -> None:
        if not admission.invisible:
            self._leave(admission.person, now)

    def change(self, before: Admission, after: Admission, now: Millis) -> None:
        """Somebody at an open socket may have become invisible, or visible again."""
        if before.invisible != after.invisible:
            self.leave(before, now)
            self.enter(after, now)

    def _leave(self, person: Person, now: Millis) -> None:
        self._presence.leave(person)
        if person.id not in self._presence.people:
            self.typed(person, now)
        self._publish(person, now)

    def news(self) -> list[str]:
        """What changed since the last call, as events."""
        change = self._presence.change()
        return [tell.event(change)] if change else []

    def types(self, admission: Admission, starts: bool, now: Millis) -> str | None:
        """The event for everyone, if there is one: nobody is told of who is invisible."""
        if admission.invisible:
            return None
        told = typists.change(self._typing, admission.person, starts, now)
        self._publish_typing(now)
        return tell.event(told) if told else None

    def typed(self, person: Person, now: Millis) -> None:
        """Who has posted or gone has stopped typing; their message or their leaving says so."""
        if self._typing.pop(person.id, None) is not None:
            self._publish_typing(now)

    def _publish_typing(self, now: Millis) -> None:
        key = f"chat:room:{self._copies.room_id}:typing"
        self._copies.publish(key, lambda: typists.still(self._typing, now), TYPING_TTL_S)

    def _publish(self, person: Person, now: Millis) -> None:
        room_id = self._copies.room_id
        online = person.id in self._presence.people
        self._copies.publish(f"chat:room:{room_id}:online", lambda: sorted(self._presence.people))
        state = {"online": online, "room_id": room_id, "at": now}
        key = f"chat:user:{person.id}:presence"
        self._copies.publish(key, lambda: state, unless=None if online else elsewhere(room_id))


def elsewhere(room_id: str) -> Callable[[Any], bool]:
    """Whether a published presence is of another room, which knows better than this one."""
    return lambda told: bool(told and told.get("online") and told.get("room_id") != room_id)
