"""How far the other side of a socket has read, so that what waits for it stays bounded.

Nothing tells us how much a runtime still holds for somebody who reads slowly. So the socket is told
a checkpoint after each CHECKPOINT_BYTES, by a number that cannot be guessed; whoever sends it back
has read so far. When the one comes due that makes CHECKPOINTS_UNREAD, they are shown out.
"""

from dataclasses import dataclass, field

CHECKPOINT_BYTES = 1_048_576
CHECKPOINTS_UNREAD = 8


@dataclass(slots=True)
class Reading:
    """Kept in memory alone: a room only sleeps when nothing was sent for a while."""

    since: int = 0
    unread: list[int] = field(default_factory=list)

    def sent(self, size: int) -> bool:
        """So many bytes more are on their way; whether a checkpoint is due."""
        self.since += size
        return self.since >= CHECKPOINT_BYTES

    def tell(self, number: int) -> bool:
        """The checkpoint that is due gets this number; False when too many are unread."""
        if len(self.unread) + 1 >= CHECKPOINTS_UNREAD:
            return False
        self.since -= CHECKPOINT_BYTES
        self.unread.append(number)
        return True

    def reach(self, number: int) -> None:
        """Somebody has read up to a checkpoint, and so past those before it. One that was not told
        says nothing."""
        if number in self.unread:
            del self.unread[: self.unread.index(number) + 1]
