"""A room's outbox: what of its log a target does not have yet, as the target wants it.

The log is the outbox: a cursor for each target says how far it was copied.
"""

import json
from dataclasses import dataclass

from durable_objects.room_log import Sql, bounded

BATCH_BYTES = 500_000

# One text comes over the border, made by SQLite: nothing of it is read in Python.
MESSAGE_ROW = """json_object(
  'id', event ->> '$.message.id', 'room_id', event ->> '$.message.room_id',
  'user_id', event ->> '$.message.author.id', 'content', event ->> '$.message.content',
  'message_type', event ->> '$.message.message_type',
  'metadata', json_set(event -> '$.message.metadata', '$.seq', seq),
  'created_at', event ->> '$.message.created_at')"""


@dataclass(frozen=True)
class Batch:
    """Entries of the log up to `last`: rows of D1 `chat_messages` as the text of a JSON array, and
    who left, with the moment when the membership that ended had begun."""

    last: int
    messages: str
    departures: list[tuple[str, int]]

    @property
    def has_flags(self) -> bool:
        """Whether one of them was flagged. In what somebody wrote a quote is escaped."""
        return '"flags":' in self.messages


def next_batch(sql: Sql, target: str, limit: int) -> Batch | None:
    """What waits for a target, oldest first, as much as fits; None when it has everything."""
    past = "(SELECT coalesce(max(seq), 0) FROM copied WHERE target = ?)"
    row = sql.rows(
        "SELECT max(seq) AS last,"
        f" json_group_array({MESSAGE_ROW}) FILTER (WHERE type = 'message_posted') AS messages,"
        " json_group_array(json_array(author_id, ref)) FILTER (WHERE type = 'member_left') AS gone"
        f" FROM ({bounded(f'seq > {past} ORDER BY seq')})",
        *(target, limit, BATCH_BYTES),
    )[0]
    if row["last"] is None:
        return None
    gone = json.loads(row["gone"])
    departures = [(person_id, int(ref.rsplit("-", 1)[1])) for person_id, ref in gone]
    return Batch(row["last"], row["messages"], departures)


def copied(sql: Sql, target: str) -> int:
    rows = sql.rows("SELECT seq FROM copied WHERE target = ?", target)
    return int(rows[0]["seq"]) if rows else 0


def mark_copied(sql: Sql, target: str, seq: int) -> None:
    sql.run(
        "INSERT INTO copied (target, seq) VALUES (?, ?)"
        " ON CONFLICT (target) DO UPDATE SET seq = max(seq, excluded.seq)",
        *(target, seq),
    )
