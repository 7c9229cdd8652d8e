"""What a room holds for a moderator: once for each reference, so many of one person."""

import json

import pytest

from durable_objects import room_held, room_log
from schema.filters import HELD_EACH
from schema.refusals import Refused
from schema.wire import Message, Person
from tests.unit.sqlite_db import SqliteSql

NOW = 1_795_000_000_000


def message(number: int, author: str = "ada", at: int = NOW) -> Message:
    return Message(
        id=f"m{number}",
        room_id="garden",
        author=Person(id=author, name=author.capitalize()),
        content=f"Boat {number}",
        message_type="text",
        metadata={},
        created_at=at,
    )


@pytest.fixture
def sql() -> SqliteSql:
    room = SqliteSql()
    room_log.create(room)
    return room


def code(sql: SqliteSql, author: str, ref: str) -> str | bool:
    try:
        return room_held.known(sql, author, ref)
    except Refused as no:
        return no.code


def test_a_reference_is_answered_with_what_became_of_it(sql: SqliteSql) -> None:
    assert code(sql, "ada", "r") is False
    room_held.hold(sql, "r", message(1), ["Boats."])
    assert (code(sql, "ada", "r"), code(sql, "ben", "r")) == ("held", False)
    room_held.settle(sql, "m1", "declined", "Not here.", NOW)
    assert code(sql, "ada", "r") == "declined"
    held = room_held.of_id(sql, "m1")
    assert held is not None and (held.ref, held.message) == ("r", message(1))
    assert room_held.of_id(sql, "m2") is None


def test_what_was_let_in_is_in_the_log(sql: SqliteSql) -> None:
    room_held.hold(sql, "r", message(1), [])
    room_held.settle(sql, "m1", "let_in", "", NOW)
    sql.run("INSERT INTO log VALUES (1, 'message_posted', 'ada', 'r', '{}')")
    assert code(sql, "ada", "r") is True


def test_what_was_taken_back_is_forgotten_and_d1_hears_of_it(sql: SqliteSql) -> None:
    room_held.hold(sql, "r", message(1), ["Boats."])
    on_the_way = room_held.uncopied(sql)
    room_held.withdraw(sql, "m1", NOW + 1)
    assert on_the_way is not None
    room_held.mark_copied(sql, on_the_way)
    assert code(sql, "ada", "r") == "withdrawn"
    held = room_held.of_ref(sql, "ada", "r")
    assert held is not None and (held.state, held.message.content) == ("withdrawn", "")
    assert room_held.of_ref(sql, "ben", "r") is None
    rows = room_held.uncopied(sql)
    assert rows is not None
    [row] = json.loads(rows)
    assert (row["content"], row["state"], row["at"]) == ("", "withdrawn", NOW + 1)
    room_held.mark_copied(sql, rows)
    assert room_held.uncopied(sql) is None


def test_so_many_of_one_person_wait(sql: SqliteSql) -> None:
    for number in range(HELD_EACH):
        room_held.hold(sql, f"r{number}", message(number), [])
    with pytest.raises(Refused, match="filtered"):
        room_held.hold(sql, "more", message(90), [])
    room_held.hold(sql, "r0", message(91, "ben"), [])
    room_held.settle(sql, "m0", "let_in", "", NOW)
    room_held.hold(sql, "more", message(90), [])


def test_what_was_decided_is_forgotten_and_what_waits_is_not(sql: SqliteSql) -> None:
    room_held.hold(sql, "waits", message(1), [])
    room_held.hold(sql, "gone", message(2), [])
    room_held.settle(sql, "m2", "declined", "", NOW)
    later = NOW + room_held.KEPT_MS + 1
    room_held.hold(sql, "later", message(3, at=later), [])
    assert (code(sql, "ada", "waits"), code(sql, "ada", "gone")) == ("held", False)


def test_each_goes_to_d1_once(sql: SqliteSql) -> None:
    assert room_held.uncopied(sql) is None
    room_held.hold(sql, "r", message(1), ["Boats."])
    rows = room_held.uncopied(sql)
    assert rows is not None
    assert json.loads(rows) == [
        {
            "message_id": "m1",
            "room_id": "garden",
            "author_id": "ada",
            "content": "Boat 1",
            "reasons": ["Boats."],
            "at": NOW,
            "state": "waiting",
        }
    ]
    room_held.hold(sql, "next", message(2), [])
    room_held.mark_copied(sql, rows)
    rest = room_held.uncopied(sql)
    assert rest is not None and [row["message_id"] for row in json.loads(rest)] == ["m2"]
