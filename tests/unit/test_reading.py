"""A socket's queue is bounded by what its reader confirms."""

from domain.pace import CHECKPOINT_BYTES, CHECKPOINTS_UNREAD, Reading


def told(reading: Reading, *numbers: int) -> list[bool]:
    """Send a checkpoint's worth of bytes before each; whether each was told."""
    return [reading.tell(number) for number in numbers if reading.sent(CHECKPOINT_BYTES)]


def test_a_checkpoint_is_due_after_so_many_bytes_together() -> None:
    reading = Reading()
    assert not reading.sent(CHECKPOINT_BYTES - 1)
    assert reading.sent(1)
    assert reading.tell(17)
    assert not reading.sent(CHECKPOINT_BYTES - 1)


def test_what_goes_beyond_a_checkpoint_counts_for_the_next() -> None:
    reading = Reading()
    assert reading.sent(CHECKPOINT_BYTES + CHECKPOINT_BYTES // 2)
    assert reading.tell(17)
    assert reading.sent(CHECKPOINT_BYTES // 2)


def test_who_confirms_reads_on_for_ever() -> None:
    reading = Reading()
    for number in range(100, 100 + 5 * CHECKPOINTS_UNREAD):
        assert told(reading, number) == [True]
        reading.reach(number)


def test_who_confirms_late_reads_on_too_and_a_later_number_stands_for_those_before() -> None:
    reading = Reading()
    assert told(reading, *range(101, 108)) == [True] * (CHECKPOINTS_UNREAD - 1)
    reading.reach(103)
    assert told(reading, 108, 109, 110, 111) == [True, True, True, False]


def test_who_confirms_nothing_has_read_enough_after_eight() -> None:
    assert told(Reading(), *range(1, 9)) == [True] * (CHECKPOINTS_UNREAD - 1) + [False]


def test_confirming_what_was_not_told_does_not_help() -> None:
    reading = Reading()
    told(reading, 500, 300, 400)
    assert not any(reading.reach(number) for number in (1, 2, 3, 499, 501, 0, -1))
    assert reading.unread == [500, 300, 400]
    assert reading.reach(300)
    assert not reading.reach(500)
    assert reading.unread == [400]
