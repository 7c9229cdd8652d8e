"""A creation happens once for each key, whoever else uses the same one."""

from domain.sessions import begin as session
from records import people, sessions
from records.idempotency_keys import ABANDONED_MS, KEPT_MS, Kept, Once, begin, give_up, keep
from tests.unit.sqlite_db import SqliteDb

ADAS = Once("ada", "key", "make a room", "hash")


async def a_db() -> SqliteDb:
    """Where Ada is signed in."""
    db = SqliteDb()
    await people.add(db, "ada", "ada@x.example", "Ada", 0)
    await sessions.add(db, session("s", "hash", "ada", "h", "", "", 0))
    return db


async def test_what_was_answered_is_told_while_its_session_lasts() -> None:
    db = await a_db()
    assert await begin(db, ADAS, 1) is None
    await keep(db, ADAS, 201, "{}")
    assert await begin(db, ADAS, 2) is not None
    assert await sessions.end(db, "hash")
    assert await begin(db, ADAS, 3) is None


async def test_the_first_one_works_and_the_second_one_gets_its_answer() -> None:
    db = await a_db()
    assert await begin(db, ADAS, 1) is None
    assert await begin(db, ADAS, 2) == Kept("make a room", None, "")
    await keep(db, ADAS, 201, "{}")
    assert await begin(db, ADAS, 3) == Kept("make a room", 201, "{}")


async def test_the_same_key_of_somebody_else_is_another_one() -> None:
    db = await a_db()
    assert await begin(db, ADAS, 1) is None
    assert await begin(db, Once("ben", "key", "make a room", "hash"), 1) is None


async def test_what_was_given_up_may_be_tried_again_and_what_was_answered_stays() -> None:
    db = await a_db()
    await begin(db, ADAS, 1)
    await give_up(db, ADAS)
    assert await begin(db, ADAS, 2) is None
    await keep(db, ADAS, 201, "{}")
    await give_up(db, ADAS)
    assert await begin(db, ADAS, 3) is not None


async def test_what_a_worker_left_behind_is_free_after_a_minute() -> None:
    db = await a_db()
    await begin(db, ADAS, 1)
    assert await begin(db, ADAS, ABANDONED_MS) is not None
    assert await begin(db, ADAS, ABANDONED_MS + 1) is None


async def test_an_answer_is_kept_for_a_day() -> None:
    db = await a_db()
    await begin(db, ADAS, 1)
    await keep(db, ADAS, 201, "{}")
    assert await begin(db, ADAS, KEPT_MS) is not None
    assert await begin(db, ADAS, KEPT_MS + 1) is None
