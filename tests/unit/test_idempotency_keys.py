"""A creation happens once for each key, whoever else uses the same one."""

from records.idempotency_keys import ABANDONED_MS, KEPT_MS, Kept, Once, begin, give_up, keep
from tests.unit.sqlite_db import SqliteDb

ADAS = Once("ada", "key", "make a room")


async def test_the_first_one_works_and_the_second_one_gets_its_answer() -> None:
    db = SqliteDb()
    assert await begin(db, ADAS, 1) is None
    assert await begin(db, ADAS, 2) == Kept("make a room", None, "")
    await keep(db, ADAS, 201, "{}")
    assert await begin(db, ADAS, 3) == Kept("make a room", 201, "{}")


async def test_the_same_key_of_somebody_else_is_another_one() -> None:
    db = SqliteDb()
    assert await begin(db, ADAS, 1) is None
    assert await begin(db, Once("ben", "key", "make a room"), 1) is None


async def test_what_was_given_up_may_be_tried_again_and_what_was_answered_stays() -> None:
    db = SqliteDb()
    await begin(db, ADAS, 1)
    await give_up(db, ADAS)
    assert await begin(db, ADAS, 2) is None
    await keep(db, ADAS, 201, "{}")
    await give_up(db, ADAS)
    assert await begin(db, ADAS, 3) is not None


async def test_what_a_worker_left_behind_is_free_after_a_minute() -> None:
    db = SqliteDb()
    await begin(db, ADAS, 1)
    assert await begin(db, ADAS, ABANDONED_MS) is not None
    assert await begin(db, ADAS, ABANDONED_MS + 1) is None


async def test_an_answer_is_kept_for_a_day() -> None:
    db = SqliteDb()
    await begin(db, ADAS, 1)
    await keep(db, ADAS, 201, "{}")
    assert await begin(db, ADAS, KEPT_MS) is not None
    assert await begin(db, ADAS, KEPT_MS + 1) is None
