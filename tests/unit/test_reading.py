"""A socket's queue is bounded by what its reader confirms."""

from domain.reading import CHECKPOINT_BYTES, CHECKPOINTS_UNREAD, Reading


def told(reading: Reading, checkpoints: int) -> list[int | None]:
    """Send a checkpoint's worth of bytes, so many times; what was due each time."""
    return [reading.next_checkpoint() for _ in range(checkpoints) if reading.sent(CHECKPOINT_BYTES)]


def test_a_checkpoint_is_due_after_so_many_bytes_together() -> None:
    reading = Reading()
    assert not reading.sent(CHECKPOINT_BYTES - 1)
    assert reading.sent(1)
    assert reading.next_checkpoint() == 1
    assert not reading.sent(CHECKPOINT_BYTES - 1)


def test_who_confirms_reads_on_for_ever() -> None:
    reading = Reading()
    for number in range(1, 5 * CHECKPOINTS_UNREAD):
        assert told(reading, 1) == [number]
        reading.reach(number)


def test_who_confirms_late_reads_on_too() -> None:
    reading = Reading()
    told(reading, CHECKPOINTS_UNREAD - 1)
    reading.reach(1)
    assert told(reading, 1) == [CHECKPOINTS_UNREAD]
    assert told(reading, 1) == [None]


def test_who_confirms_nothing_has_read_enough_after_eight() -> None:
    assert told(Reading(), CHECKPOINTS_UNREAD) == [*range(1, CHECKPOINTS_UNREAD), None]


def test_confirming_what_was_not_told_does_not_help() -> None:
    reading = Reading()
    told(reading, 3)
    for number in (4, 1_000_000, 0, -1):
        reading.reach(number)
    assert reading.reached == 0
    reading.reach(3)
    reading.reach(2)
    assert reading.reached == 3
