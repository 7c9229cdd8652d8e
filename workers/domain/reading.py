"""How far the other side of a socket has read, so that what waits for it stays bounded.

Nothing tells us how much a runtime still holds for somebody who reads slowly. So the socket is told
a checkpoint after each CHECKPOINT_BYTES; whoever answers it has read so far. Somebody who is
CHECKPOINTS_UNREAD of them behind is shown out, and comes back with `after`.
"""

from dataclasses import dataclass

CHECKPOINT_BYTES = 1_048_576
CHECKPOINTS_UNREAD = 8


@dataclass(slots=True)
class Reading:
    """Kept in memory alone: a room only sleeps when nothing was sent for a while."""

    since: int = 0
    told: int = 0
    reached: int = 0

    def sent(self, size: int) -> bool:
        """So many bytes more are on their way; whether a checkpoint is due."""
        self.since += size
        return self.since >= CHECKPOINT_BYTES

    def next_checkpoint(self) -> int | None:
        """The number to tell now; None when too many before it are unread."""
        if self.told + 1 - self.reached >= CHECKPOINTS_UNREAD:
            return None
        self.since = 0
        self.told += 1
        return self.told

    def reach(self, number: int) -> None:
        """Somebody has read up to a checkpoint. One that was not told says nothing."""
        if self.reached < number <= self.told:
            self.reached = number
