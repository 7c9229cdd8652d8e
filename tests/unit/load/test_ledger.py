"""The ledger sees what is lost, doubled and out of order, and nothing where all is well."""

import pytest

from tests.load.ledger import UNKNOWN, Breaks, Sent, Sight, account, breaks

SENT = [Sent(room=0, at_ns=100), Sent(room=0, at_ns=200), Sent(room=1, at_ns=300)]


def sight(room: int, *arrivals: tuple[int, int, int]) -> Sight:
    """What a receiver saw: (message, seq, nanoseconds) each."""
    seen = Sight(room)
    for message, seq, at_ns in arrivals:
        seen.add(message, seq, at_ns)
    return seen


ADA = sight(0, (0, 1, 110), (1, 2, 240))
BEN = sight(0, (0, 1, 150), (1, 2, 230))
CLEO = sight(1, (2, 1, 301))


def test_when_all_is_well_every_delivery_counts_once() -> None:
    found = account(SENT, [ADA, BEN, CLEO])
    assert found.holds
    assert (found.expected, found.deliveries) == (5, 5)
    assert found.latencies_ns == [1, 10, 30, 40, 50]
    assert found.arrivals_ns == [110, 150, 230, 240, 301]


def test_a_message_is_due_in_its_own_room_alone() -> None:
    assert account(SENT, [CLEO]).holds


@pytest.mark.parametrize(
    ("seen", "what"),
    [
        (sight(0, (0, 1, 150)), {"lost": 1}),
        (sight(0), {"lost": 2}),
        (sight(0, (0, 1, 150), (1, 2, 230), (0, 1, 260)), {"doubled": 1}),
        (sight(0, (0, 1, 150), (1, 2, 230), (0, 3, 260)), {"doubled": 1}),
        (sight(0, (1, 2, 230), (0, 1, 260)), {"disordered": 1}),
        (sight(0, (0, 2, 150), (1, 1, 260)), {"disordered": 2}),
        (sight(0, (0, 1, 150), (1, 1, 260)), {"disordered": 1}),
        (sight(0, (0, 1, 150), (1, 3, 260)), {"disordered": 1}),
        (sight(0, (0, 1, 150), (1, 2, 230), (UNKNOWN, 3, 260)), {"unknown": 1}),
        (sight(0, (0, 1, 150), (1, 2, 230), (2, 3, 310)), {"unknown": 1}),
    ],
    ids=[
        "one did not come",
        "nothing came",
        "one came twice",
        "one came twice with another seq",
        "the later one came first",
        "another order than everybody else's",
        "two have the same seq",
        "a seq that it has nowhere else",
        "one that nobody sent",
        "one from another room",
    ],
)
def test_what_is_wrong_is_counted_as_what_it_is(seen: Sight, what: dict[str, int]) -> None:
    found = account(SENT, [ADA, seen, CLEO])
    kinds = ("lost", "doubled", "disordered", "unknown")
    assert {kind: getattr(found, kind) for kind in kinds if getattr(found, kind)} == what
    assert not found.holds


def test_a_double_adds_no_latency() -> None:
    twice = sight(0, (0, 1, 150), (1, 2, 230), (1, 2, 9_000))
    found = account(SENT, [twice, CLEO])
    assert found.deliveries == 3
    assert found.latencies_ns[-1] == 50


@pytest.mark.parametrize(
    ("seqs", "base", "head", "what"),
    [
        ([5, 6, 7], 4, 7, Breaks(0, 0, 0)),
        ([], 7, 7, Breaks(0, 0, 0)),
        ([5, 7], 4, 7, Breaks(1, 0, 0)),
        ([5, 6], 4, 8, Breaks(2, 0, 0)),
        ([5, 6, 6, 7], 4, 7, Breaks(0, 1, 0)),
        ([5, 7, 6], 4, 7, Breaks(0, 0, 1)),
    ],
)
def test_a_log_runs_from_its_beginning_to_the_head(
    seqs: list[int], base: int, head: int, what: Breaks
) -> None:
    assert breaks(seqs, base, head) == what
