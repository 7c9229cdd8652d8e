"""The community's filters at the moment of posting: no wait, for they came with the admission."""

from collections.abc import Callable

from domain import moderation
from durable_objects.room_log import Sql, knows
from schema.filters import Filters
from schema.ids import Millis, Ref
from schema.rpc import Admission
from schema.wire import Message

LATELY = 1_000


def passed(
    sql: Sql, flush: Callable[[], None], admission: Admission, ref: Ref, message: Message
) -> Message:
    """The message, with why somebody should look at it if for anything. What was stored before is
    not judged again. Refuses: filtered, too_fast."""
    found = (admission.room.settings if admission.room else {}).get("filters")
    if not found or knows(sql, message.author.id, ref):
        return message
    filters = Filters.model_validate(found)
    if filters.slow_mode_s:
        flush()  # what waits for the next frame counts
    writer = moderation.Writer(
        joined_at=admission.joined_at,
        last_at=_last_at(sql, message.author.id) if filters.slow_mode_s else None,
        passes_slow_mode="pass_slow_mode" in admission.may,
    )
    flags = moderation.judge(filters, writer, message.content, message.created_at)
    if not flags:
        return message
    return message.model_copy(update={"metadata": {**message.metadata, "flags": flags}})


def _last_at(sql: Sql, author_id: str) -> Millis | None:
    """When somebody wrote last, as far as the newest entries tell."""
    rows = sql.rows(
        "SELECT event ->> '$.message.created_at' AS at FROM log"
        " WHERE seq > (SELECT max(seq) FROM log) - ? AND author_id = ?"
        " AND type = 'message_posted' ORDER BY seq DESC LIMIT 1",
        *(LATELY, author_id),
    )
    return int(rows[0]["at"]) if rows else None
