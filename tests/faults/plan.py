"""What everybody will do and what will break, as a pure function of the seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

Op = Literal["post", "double", "burst", "load", "read", "type", "switch", "leave", "join"]
OPS: dict[Op, int] = {
    "post": 50,
    "double": 8,
    "burst": 8,
    "load": 8,
    "read": 5,
    "type": 5,
    "switch": 8,
    "leave": 4,
    "join": 12,
}
NETWORK = ("cut", "delayed", "throttled", "half_open")
CALM = ("d1_refuses", "kv_refuses", "r2_refuses", "ai_hangs")
HARD = ("kill", "restart", "reload", "clock", "room_refuses", "no_room", "full_disk")
FAULTS = ("doubled", *NETWORK, *CALM, *HARD)
ROOMS = 3
PEOPLE = 7


@dataclass(frozen=True)
class Act:
    """One thing that somebody does. `stubborn`: sent again until it is answered."""

    op: Op
    room: int
    count: int
    pause_s: float
    stubborn: bool


@dataclass(frozen=True)
class Strike:
    """A fault: after `wait_s` of calm, for `lasts_s` where it has a length; `whom`: whose line."""

    kind: str
    wait_s: float
    lasts_s: float
    whom: int
    room: int


@dataclass(frozen=True)
class Plan:
    """One history. `hard` strikes follow one another; `soft` ones go on beside them."""

    seed: int
    people: tuple[tuple[Act, ...], ...]
    hard: tuple[tuple[Strike, ...], ...]
    soft: tuple[Strike, ...]

    @property
    def doubles(self) -> bool:
        """Whether anybody is to send anything twice."""
        return any(act.op == "double" for acts in self.people for act in acts)


def plan(seed: int, kinds: Sequence[str] = FAULTS, kills: int = 2, acts: int = 2_000) -> Plan:
    """The plan of a seed: who does what, and what breaks in which order."""
    rng = Random(seed)
    people = tuple(tuple(_act(rng, kinds) for _ in range(acts)) for _ in range(PEOPLE))
    return Plan(seed, people, _hard(rng, kinds, kills), _soft(rng, kinds))


def _act(rng: Random, kinds: Sequence[str]) -> Act:
    weights = [0 if op == "double" and "doubled" not in kinds else w for op, w in OPS.items()]
    return Act(
        op=rng.choices(list(OPS), weights)[0],
        room=rng.randrange(ROOMS),
        count=rng.randint(4, 16),
        pause_s=round(rng.uniform(0.02, 0.25), 3),
        stubborn=rng.random() < 0.85,
    )


def _hard(rng: Random, kinds: Sequence[str], kills: int) -> tuple[tuple[Strike, ...], ...]:
    """What must not meet: a platform that starts asks D1, KV and R2. What is calm goes together."""
    wanted = [kind for kind in HARD if kind in kinds for _ in range(kills if kind == "kill" else 1)]
    groups: list[tuple[Strike, ...]] = [(_strike(rng, kind),) for kind in wanted]
    if calm := tuple(_strike(rng, kind) for kind in CALM if kind in kinds):
        groups.append(calm)
    rng.shuffle(groups)
    return tuple(groups)


def _soft(rng: Random, kinds: Sequence[str]) -> tuple[Strike, ...]:
    """The network is bad all the time: each kind at least once early, then at random."""
    wanted = [kind for kind in NETWORK if kind in kinds]
    if not wanted:
        return ()
    first = rng.sample(wanted, len(wanted))
    return tuple(_strike(rng, kind) for kind in [*first, *rng.choices(wanted, k=200)])


LASTS = {"d1_refuses": 10.0, "kv_refuses": 5.0, "r2_refuses": 11.0, "room_refuses": 2.0}
LASTS |= {"no_room": 2.0, "full_disk": 3.0, "clock": 2.0, "half_open": 5.0}


def _strike(rng: Random, kind: str) -> Strike:
    return Strike(
        kind=kind,
        wait_s=round(rng.uniform(0.3, 2.5), 3),
        lasts_s=LASTS.get(kind, round(rng.uniform(1.0, 3.0), 3)),
        whom=rng.randrange(PEOPLE),
        room=rng.randrange(ROOMS),
    )
