"""Who is in a room: counted by open sockets, since one person may have several."""

from dataclasses import dataclass, field

from schema.wire import Person, PresenceChanged


@dataclass
class Presence:
    """The people with an open socket, and what changed since it was last told."""

    people: dict[str, Person] = field(default_factory=dict)
    sockets: dict[str, int] = field(default_factory=dict)
    arrived: dict[str, Person] = field(default_factory=dict)
    left: dict[str, Person] = field(default_factory=dict)

    def enter(self, person: Person) -> None:
        """One more socket. Only the first one of a person is an arrival."""
        self.sockets[person.id] = self.sockets.get(person.id, 0) + 1
        if person.id in self.people:
            return
        self.people[person.id] = person
        if self.left.pop(person.id, None) is None:
            self.arrived[person.id] = person

    def leave(self, person: Person) -> None:
        """One socket less. Only the last one of a person is a departure, also of somebody whose
        arrival was before a sleep."""
        open_sockets = self.sockets.get(person.id, 0) - 1
        if open_sockets > 0:
            self.sockets[person.id] = open_sockets
            return
        self.sockets.pop(person.id, None)
        self.people.pop(person.id, None)
        if self.arrived.pop(person.id, None) is None:
            self.left[person.id] = person

    def change(self) -> PresenceChanged | None:
        """What to tell everyone, once: who came and who went since the last call."""
        if not self.arrived and not self.left:
            return None
        told = PresenceChanged(arrived=list(self.arrived.values()), left=list(self.left.values()))
        self.arrived, self.left = {}, {}
        return told
