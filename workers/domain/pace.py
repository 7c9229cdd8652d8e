"""How fast somebody may go in a room, and how slowly they may read it."""

from dataclasses import dataclass, field, replace
from typing import Any

from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import Admission

COSTS = {"send_message": 1.0, "load_history": 1.0, "set_typing": 0.25, "reach_checkpoint": 0.25}
COST_OF_NONSENSE = 1.0
COST_OF_POST = COSTS["send_message"]
FLOOD_AFTER = 200
CHECKPOINT_BYTES = 1_048_576
CHECKPOINTS_UNREAD = 8
SOCKETS_EACH = 20


@dataclass(frozen=True)
class Pace:
    """At once at most `burst` tokens; `per_second` come back each second."""

    burst: int = 120
    per_second: float = 20.0


@dataclass(frozen=True)
class Bucket:
    """What is left at a moment, whether the last command passed, and how many more were refused
    for their speed than passed since they were last calm."""

    tokens: float
    at: Millis
    passed: bool = True
    excess: int = 0


def pace_of(settings: dict[str, Any]) -> Pace:
    """The pace that a room's settings ask for; what is missing or not a number stays as usual."""
    wish = settings.get("pace")
    if not isinstance(wish, dict):
        return Pace()
    burst, per_second = wish.get("burst"), wish.get("per_second")
    return Pace(
        burst=burst if isinstance(burst, int) and 1 <= burst <= 10_000 else Pace.burst,
        per_second=float(per_second)
        if isinstance(per_second, int | float) and 0 < per_second <= 10_000
        else Pace.per_second,
    )


def full(pace: Pace, now: Millis) -> Bucket:
    return Bucket(tokens=float(pace.burst), at=now)


def spend(bucket: Bucket, pace: Pace, cost: float, now: Millis) -> Bucket:
    """The bucket afterwards; it says whether the command passed."""
    earned = max(0, now - bucket.at) / 1000 * pace.per_second
    tokens = min(float(pace.burst), bucket.tokens + earned)
    if tokens < cost:
        return Bucket(tokens, now, passed=False, excess=bucket.excess + 1)
    return Bucket(tokens - cost, now, passed=True, excess=max(0, bucket.excess - 1))


def wait_ms(bucket: Bucket, pace: Pace, cost: float) -> int:
    """How long until the bucket holds enough."""
    return max(1, round((cost - bucket.tokens) / pace.per_second * 1000))


def is_flood(bucket: Bucket) -> bool:
    return bucket.excess >= FLOOD_AFTER


def calmed(bucket: Bucket) -> Bucket:
    """The bucket of somebody who was shown out: as empty as it was, but not held against them."""
    return replace(bucket, excess=0)


class Flooded(Refused):
    """Too fast for too long: a socket that goes on like this is closed."""


class Paces:
    """One bucket a person, however many sockets they open.

    Kept in memory: a room that sleeps has been calm for longer than any bucket takes to fill.
    """

    MOST = 2_000
    FORGOTTEN_AFTER_MS = 60_000

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def spend(self, admission: Admission, cost: float, now: Millis) -> None:
        """Refuses: too_fast, as `Flooded` when there is no end to it."""
        person_id, settings = admission.person.id, admission.room.settings if admission.room else {}
        allowed = pace_of(settings)
        bucket = self._buckets.get(person_id) or full(allowed, now)
        bucket = self._buckets[person_id] = spend(bucket, allowed, cost, now)
        if len(self._buckets) > self.MOST:
            self._forget(now)
        if bucket.passed:
            return
        wait = wait_ms(bucket, allowed, cost)
        if is_flood(bucket):
            self._buckets[person_id] = calmed(bucket)
            raise Flooded("too_fast", retry_after_ms=wait)
        raise Refused("too_fast", retry_after_ms=wait)

    def _forget(self, now: Millis) -> None:
        self._buckets = {
            person_id: bucket
            for person_id, bucket in self._buckets.items()
            if now - bucket.at < self.FORGOTTEN_AFTER_MS
        }


@dataclass(slots=True)
class Reading:
    """How far the other side of a socket has read, so that what waits for it stays bounded.

    Nothing tells us how much a runtime still holds for somebody who reads slowly. So the socket is
    told a checkpoint after each CHECKPOINT_BYTES, by a number that cannot be guessed; whoever sends
    it back has read so far. When the one comes due that makes CHECKPOINTS_UNREAD, they are shown
    out. Kept in memory alone: a room only sleeps when nothing was sent for a while.
    """

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

    def reach(self, number: int) -> bool:
        """Somebody has read up to a checkpoint, and so past those before it. False for one that was
        not told: it says nothing."""
        if number not in self.unread:
            return False
        del self.unread[: self.unread.index(number) + 1]
        return True
