"""A room's log: one order, no gap, no double."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durable_objects import room_log
from durable_objects.room_greeting import greeting
from schema import tell
from schema.rpc import Admission, RoomFacts
from schema.wire import RESUME_MAX, Message, MessagePosted, Person, ServerFrame
from tests.unit.sqlite_db import SqliteSql

ADA = Person(id="ada", name="Ada Solberg")
ROOM = RoomFacts(id="garden", name="Garden", description="", community_id="aurora", settings={})
ADMISSION = Admission(
    person=ADA, community_role="member", room_role="member", may=["read_room"], room=ROOM
)


def a_room() -> SqliteSql:
    sql = SqliteSql()
    room_log.create(sql)
    return sql


def say(sql: SqliteSql, ref: str, author: str = "ada", more: str = "") -> str | None:
    message = Message(
        id=f"m-{author}-{ref}",
        room_id="garden",
        author=Person(id=author, name=author),
        content=f'{ref}, she said: “quote " and \\ and {{}}” {more}',
        message_type="text",
        metadata={},
        created_at=1,
    )
    make = partial(MessagePosted, ref=ref, message=message)
    return room_log.append(sql, room_log.head(sql) + 1, author, ref, make)


def filled(count: int, more: str = "") -> SqliteSql:
    sql = a_room()
    for number in range(1, count + 1):
        say(sql, f"r{number}", more=more)
    return sql


def seqs(page: room_log.Page) -> list[int]:
    loaded = tell.history_loaded("x", page.events, page.has_before, page.has_after)
    frame = ServerFrame.model_validate_json(tell.frame([loaded]))
    return [event.seq for event in frame.events[0].events]  # type: ignore[union-attr]


def test_the_first_use_of_a_ref_is_stored_and_the_second_is_not() -> None:
    sql = a_room()
    first = say(sql, "same")
    assert first is not None
    assert say(sql, "same") is None
    assert room_log.posted_before(sql, "ada", "same") == first
    assert room_log.head(sql) == 1


def test_a_ref_belongs_to_its_author() -> None:
    sql = a_room()
    assert say(sql, "same", "ada") is not None
    assert say(sql, "same", "ben") is not None


def test_creating_twice_keeps_what_is_there() -> None:
    sql = filled(2)
    room_log.create(sql)
    assert room_log.head(sql) == 2


@pytest.mark.parametrize(
    ("page_of", "expected", "has_before", "has_after"),
    [
        (lambda s: room_log.before(s, 6, 2, 5), [4, 5], True, False),
        (lambda s: room_log.before(s, 3, 9, 5), [1, 2], False, True),
        (lambda s: room_log.before(s, 1, 9, 5), [], False, True),
        (lambda s: room_log.after(s, 0, 2, 5), [1, 2], False, True),
        (lambda s: room_log.after(s, 3, 9, 5), [4, 5], True, False),
        (lambda s: room_log.after(s, 5, 9, 5), [], True, False),
    ],
)
def test_pages_in_both_directions(page_of, expected, has_before, has_after) -> None:  # type: ignore[no-untyped-def]
    page = page_of(filled(5))
    assert seqs(page) == expected
    assert (page.has_before, page.has_after) == (has_before, has_after)


def test_an_empty_room_has_an_empty_page() -> None:
    assert room_log.before(a_room(), 1, 50, 0) == room_log.Page("", False, False)


@given(count=st.integers(0, 30), size=st.integers(1, 7))
def test_walking_back_page_by_page_sees_every_entry_once(count: int, size: int) -> None:
    sql, seen, before = filled(count), [], count + 1
    while True:
        page = room_log.before(sql, before, size, count)
        seen = seqs(page) + seen
        if not page.has_before:
            break
        before = seen[0]
    assert seen == list(range(1, count + 1))


def greeted(sql: SqliteSql, after: int | None) -> list[object]:
    events = greeting(sql, ADMISSION, after, room_log.head(sql), [ADA])
    return list(ServerFrame.model_validate_json(tell.frame(events)).events)


def test_who_comes_back_gets_exactly_what_they_missed() -> None:
    welcome, history = greeted(filled(5), after=3)
    assert welcome.resumed and [event.seq for event in history.events] == [4, 5]  # type: ignore[attr-defined]


def test_who_missed_nothing_gets_nothing() -> None:
    welcome, history = greeted(filled(5), after=5)
    assert welcome.resumed and history.events == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("after", [6, 10**12])
def test_a_seq_that_never_was_gets_the_latest_page_and_is_told_so(after: int) -> None:
    kinds = [event.type for event in greeted(filled(5), after)]  # type: ignore[attr-defined]
    assert kinds == ["welcome", "too_far_behind", "history_loaded"]


def test_too_much_to_resume_is_told_and_the_limit_itself_is_not() -> None:
    sql = filled(RESUME_MAX + 1)
    assert [event.type for event in greeted(sql, after=1)] == ["welcome", "history_loaded"]  # type: ignore[attr-defined]
    assert "too_far_behind" in [event.type for event in greeted(sql, after=0)]  # type: ignore[attr-defined]


LONGEST = "😀" * 8_000


def test_a_page_of_long_messages_is_shorter_and_says_so() -> None:
    sql = filled(100, more=LONGEST)
    newest, oldest = room_log.before(sql, 101, 100, 100), room_log.after(sql, 0, 100, 100)
    assert seqs(newest)[-1] == 100 and newest.has_before and not newest.has_after
    assert seqs(oldest)[0] == 1 and oldest.has_after and not oldest.has_before
    for page in (newest, oldest):
        assert 20 < len(seqs(page)) < 100
        assert len(page.events.encode()) <= room_log.PAGE_BYTES


def test_what_was_missed_in_more_bytes_than_fit_is_too_far() -> None:
    sql = filled(100, more=LONGEST)
    kinds = [event.type for event in greeted(sql, after=1)]  # type: ignore[attr-defined]
    assert kinds == ["welcome", "too_far_behind", "history_loaded"]
    welcome, history = greeted(sql, after=90)
    assert welcome.resumed and len(history.events) == 10  # type: ignore[attr-defined]


def test_facts_are_kept_and_replaced() -> None:
    sql = a_room()
    assert room_log.known(sql, "room") is None
    room_log.know(sql, "room", "one")
    room_log.know(sql, "room", "two")
    assert room_log.known(sql, "room") == "two"
