"""A seat of a room: one open socket, and what is known of whoever sits there."""

import math
from dataclasses import dataclass, field
from typing import Any

from domain import hiding
from domain.pace import Reading
from schema.rpc import Admission


@dataclass(eq=False)
class Seat:
    """One open socket: whose it is, what they may do, what they see and how far they have read."""

    socket: Any
    admission: Admission
    reading: Reading = field(default_factory=Reading)

    def __post_init__(self) -> None:
        # Bound once: to look the method up costs as much as to call it, for each of many sockets.
        self.send = self.socket.send
        self.curtain = hiding.before(self.admission)

    def admit(self, admission: Admission) -> None:
        """From now on they may and see what this says."""
        self.admission = admission
        self.curtain = hiding.before(admission)

    @property
    def ends(self) -> float:
        """When their session is over, as far as is known here."""
        until = self.admission.until
        return math.inf if until is None else until
