"""Many entries by one statement are what they would be one by one."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durable_objects import room_log
from schema.wire import MemberJoined, Person
from tests.unit.sqlite_db import SqliteSql
from tests.unit.test_room_log import a_room, filled

ENTRIES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["r1", "r2", "r3", "r9"])))


def entry(author: str, ref: str) -> room_log.Entry:
    person = Person(id=author, name=f'{author}: "Æ\\ 𝄞\u2028"')
    return room_log.Entry(author, ref, partial(MemberJoined, at=1, person=person))


def log_of(sql: SqliteSql) -> list[dict[str, object]]:
    return sql.rows("SELECT * FROM log ORDER BY seq")


@given(ENTRIES)
def test_together_they_are_stored_as_one_by_one(asked: list[tuple[str, str]]) -> None:
    together, alone = filled(2), filled(2)
    entries = [entry(*one) for one in asked]
    texts = room_log.append_all(together, 2, entries) if entries else []
    one_by_one = [
        room_log.append(alone, room_log.head(alone) + 1, one.author_id, one.ref, one.make)
        for one in entries
    ]
    assert texts == one_by_one
    assert log_of(together) == log_of(alone)


def test_what_cannot_be_stored_leaves_nothing_behind() -> None:
    sql = a_room()
    sql.run("CREATE TRIGGER full BEFORE INSERT ON log WHEN NEW.seq = 3 BEGIN SELECT json('x'); END")
    with pytest.raises(Exception, match="malformed"):
        room_log.append_all(sql, 0, [entry("a", f"r{n}") for n in range(4)])
    assert log_of(sql) == []
