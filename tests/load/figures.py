"""Numbers out of many numbers: percentiles, medians over rounds, ratios."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

CURVE = (
    *range(0, 100),
    *(99 + tenth / 10 for tenth in range(1, 10)),
    *(99.9 + hundredth / 100 for hundredth in range(1, 10)),
    100,
)


def percentile(ascending: Sequence[int], share: float) -> int:
    """Return the smallest value that at least `share` per cent of all do not exceed."""
    if not ascending:
        raise ValueError("there is nothing to take a percentile of")
    place = -(-share * len(ascending) // 100)  # rounded up: the nearest rank
    return ascending[min(len(ascending), max(1, int(place))) - 1]


def ms(nanoseconds: float) -> float:
    """Return milliseconds, to the microsecond."""
    return round(nanoseconds / 1e6, 3)


def spread(ascending: Sequence[int]) -> dict[str, float]:
    """Return p50, p95, p99 and the maximum, in milliseconds."""
    shares = {"p50_ms": 50, "p95_ms": 95, "p99_ms": 99, "max_ms": 100}
    return {name: ms(percentile(ascending, share)) for name, share in shares.items()}


def curve(ascending: Sequence[int]) -> list[tuple[float, float]]:
    """Return a distribution as (per cent, milliseconds), fine where the tail is."""
    return [(round(share, 2), ms(percentile(ascending, share))) for share in CURVE]


def medians(rounds: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return for each number of the rounds its median; what a round lacks is left out."""
    names = [name for name, value in rounds[0].items() if is_number(value)]
    shared = [name for name in names if all(is_number(one.get(name)) for one in rounds)]
    return {name: round(statistics.median(one[name] for one in rounds), 3) for name in shared}


def is_number(value: object) -> bool:
    """Say whether a value is a number; True is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


COMPARED = ("_ms", "_per_s", "_per_delivery", "_per_switch", "_per_connection", "recovered_s")


def ratios(ours: Mapping[str, float], bare: Mapping[str, float]) -> dict[str, float]:
    """Return ours over bare for each figure of a server that both have, where bare's is not 0."""
    names = [name for name in ours if name.endswith(COMPARED) and bare.get(name)]
    return {name: round(ours[name] / bare[name], 3) for name in names if name != "late_ms"}
