"""The first frame of a socket: a welcome, and then a page or exactly what was missed."""

from domain import pace, resuming
from durable_objects import room_log
from schema import tell, wire
from schema.rpc import Admission


def greeting(
    sql: room_log.Sql,
    admission: Admission,
    after: int | None,
    head: int,
    present: list[wire.Person],
) -> list[str]:
    """The events for somebody whose client has the log up to `after`, or has nothing (None)."""
    page = missed(sql, after, head)
    events = [tell.event(welcome(admission, head, present, resumed=page is not None))]
    if page is None and after is not None:
        events.append(tell.event(wire.TooFarBehind(after=after, head_seq=head)))
    page = page or room_log.before(sql, head + 1, wire.PAGE, head)
    return [*events, tell.history_loaded(None, page.events, page.has_before, page.has_after)]


def missed(sql: room_log.Sql, after: int | None, head: int) -> room_log.Page | None:
    """Exactly what came after `after`; None when that is too much, or was never asked."""
    if resuming.start(after, head) != "missed":
        return None
    page = room_log.after(sql, after or 0, wire.RESUME_MAX, head)
    return None if page.has_after else page


def you(admission: Admission) -> wire.You:
    """The person behind a socket, as they are told themselves."""
    return wire.You(
        id=admission.person.id,
        name=admission.person.name,
        role=admission.room_role or "visitor",
        may=list(admission.may),
    )


def welcome(
    admission: Admission, head: int, present: list[wire.Person], resumed: bool
) -> wire.Welcome:
    room = admission.room
    assert room is not None, "a room's socket is admitted to a room"
    allowed = pace.pace_of(room.settings)
    return wire.Welcome(
        room=wire.Room(**room.model_dump(exclude={"settings"})),
        you=you(admission),
        head_seq=head,
        present=present,
        resumed=resumed,
        limits=wire.Limits(
            content_length=wire.CONTENT_LENGTH,
            frame_bytes=wire.FRAME_BYTES,
            burst=allowed.burst,
            per_second=allowed.per_second,
        ),
    )
