"""A seat of a room: one open socket, and what is known of whoever sits there."""

import math
from collections.abc import Callable
from typing import Any

from domain import hiding
from domain.pace import Reading
from schema.ids import Id
from schema.rpc import Admission

GONE = "0"
"""The attachment of a socket that was shown out or went away."""


class Seat:
    """One open socket: whose it is, what they may do, what they see and how far they have read.

    `ends` is when their session is over, as far as is known here. `read` is asked once for what
    they were admitted to, when somebody wants to know: a room that wakes for a message wants it of
    its author alone.
    """

    def __init__(self, socket: Any, person_id: Id, ends: float, read: Callable[[], Admission]):
        self.socket = socket
        # Bound once: to look the method up costs as much as to call it, for each of many sockets.
        self.send = socket.send
        self.person_id = person_id
        self.ends = ends
        self.reading = Reading()
        self.curtain: hiding.Curtain | None = None
        self._read = read
        self._admission: Admission | None = None

    @property
    def admission(self) -> Admission:
        if self._admission is None:
            self._admission = self._read()
        return self._admission

    def admit(self, admission: Admission) -> None:
        """From now on they may and see what this says."""
        self._admission = admission
        self.ends = _end_of(admission)
        self.curtain = hiding.before(admission)


def taken(socket: Any, admission: Admission, reading: Reading) -> Seat:
    """The seat of somebody who has just come in."""
    seat = Seat(socket, admission.person.id, _end_of(admission), lambda: admission)
    seat.admit(admission)
    seat.reading = reading
    return seat


def kept(seat: Seat) -> str:
    """What the socket's attachment says of it: `UNTIL PERSON_ID ADMISSION`, so that a room that
    wakes need not read on."""
    admission = seat.admission
    until = "" if admission.until is None else admission.until
    return f"{until} {seat.person_id} {admission.model_dump_json(exclude={'hidden'})}"


def found_again(socket: Any, text: object, hidden_of: Callable[[Id], list[Id]]) -> Seat | None:
    """The seat that a socket's attachment tells of; None where nobody sits any more."""
    if not isinstance(text, str) or text in ("", GONE):
        return None
    until, person_id, admission = text.split(" ", 2)
    hidden = hidden_of(person_id)

    def read() -> Admission:
        found = Admission.model_validate_json(admission)
        return found.model_copy(update={"hidden": hidden}) if hidden else found

    seat = Seat(socket, person_id, float(until) if until else math.inf, read)
    if hidden:
        seat.curtain = hiding.before(seat.admission)
    return seat


def _end_of(admission: Admission) -> float:
    return math.inf if admission.until is None else admission.until
