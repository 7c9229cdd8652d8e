"""How fast somebody may go: a token bucket for each socket, and an end to floods."""

from dataclasses import dataclass
from typing import Any

from schema.ids import Millis

COSTS = {"send_message": 1.0, "load_history": 1.0, "set_typing": 0.25}
COST_OF_NONSENSE = 1.0
FLOOD_AFTER = 200


@dataclass(frozen=True)
class Pace:
    """At once at most `burst` tokens; `per_second` come back each second."""

    burst: int = 120
    per_second: float = 20.0


@dataclass(frozen=True)
class Bucket:
    """What is left at a moment, whether the last command passed, and how many more were refused
    for their speed than passed since the socket was last calm."""

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
