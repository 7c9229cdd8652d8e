"""A room's outbox: everything goes once, in batches that fit, as D1 wants it."""

import json
from functools import partial

from durable_objects import room_log
from durable_objects.room_outbox import BATCH_BYTES, Batch, copied, mark_copied, next_batch
from schema.wire import MemberLeft
from tests.unit.sqlite_db import SqliteSql
from tests.unit.test_room_log import ADA, LONGEST, filled


def some(sql: SqliteSql, limit: int) -> Batch:
    batch = next_batch(sql, "d1", limit)
    assert batch is not None
    return batch


def seqs(batch: Batch) -> list[int]:
    return [row["metadata"]["seq"] for row in json.loads(batch.messages)]


def test_a_batch_is_bounded_in_bytes_and_the_batches_are_everything() -> None:
    sql, sent = filled(60, more=LONGEST), []
    while batch := next_batch(sql, "d1", 100):
        assert len(batch.messages.encode()) <= BATCH_BYTES
        sent += seqs(batch)
        assert batch.last == sent[-1]
        mark_copied(sql, "d1", batch.last)
    assert sent == list(range(1, 61))


def test_the_outbox_is_what_no_target_has_yet() -> None:
    sql = filled(3)
    assert seqs(some(sql, 2)) == [1, 2]
    mark_copied(sql, "d1", 2)
    assert seqs(some(sql, 9)) == [3]
    mark_copied(sql, "d1", 1)
    assert copied(sql, "d1") == 2
    mark_copied(sql, "d1", 3)
    assert next_batch(sql, "d1", 9) is None


def test_who_left_is_known_by_the_moment_of_their_joining() -> None:
    sql = filled(2)
    make = partial(MemberLeft, at=9, person=ADA)
    assert room_log.append(sql, 3, "ada", "membership:left-1795", make)
    batch = some(sql, 9)
    assert (batch.last, seqs(batch), batch.departures) == (3, [1, 2], [("ada", 1795)])


def test_rows_have_the_columns_letter_by_letter_and_the_words_as_they_were() -> None:
    [row] = json.loads(some(filled(1, more="Ærlig 𝄞\\n\\u0007"), 9).messages)
    columns = ["id", "room_id", "user_id", "content", "message_type", "metadata", "created_at"]
    assert list(row) == columns
    assert row["metadata"] == {"seq": 1}
    assert row["content"].endswith("Ærlig 𝄞\\n\\u0007") and row["created_at"] == 1
