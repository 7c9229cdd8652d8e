"""What a socket is told of the room and its log: first a welcome, and then a page or exactly what
was missed; later the pages that it asks for. All of it as its person sees it."""

from domain import hiding, pace, resuming
from durable_objects import room_log
from durable_objects.room_hiding import seen
from schema import tell, wire
from schema.rpc import Admission, PageRequest


def greeting(
    sql: room_log.Sql,
    admission: Admission,
    after: int | None,
    head: int,
    present: list[wire.Person],
) -> list[str]:
    """The events for somebody whose client has the log up to `after`, or has nothing (None)."""
    page = missed(sql, after, head)
    events = [_welcome(admission, head, present, resumed=page is not None)]
    if page is None and after is not None:
        events.append(tell.event(wire.TooFarBehind(after=after, head_seq=head)))
    page = page or room_log.before(sql, head + 1, wire.PAGE, head)
    return [*events, _loaded(None, page, admission)]


def anew(
    sql: room_log.Sql, admission: Admission, head: int, present: list[wire.Person]
) -> list[str]:
    """The events for an open socket whose person is to see others, or less, than before: what
    their client has of the log does not hold any more."""
    return [
        _welcome(admission, head, present, resumed=False),
        tell.event(wire.TooFarBehind(after=head, head_seq=head)),
        _loaded(None, room_log.before(sql, head + 1, wire.PAGE, head), admission),
    ]


def history(sql: room_log.Sql, admission: Admission, asked: wire.LoadHistory, head: int) -> str:
    """The page of the log that somebody asked for."""
    page = room_log.page(sql, asked.before, asked.after, asked.limit, head)
    return _loaded(asked.ref, page, admission)


def log_page(sql: room_log.Sql, asked: PageRequest, head: int) -> str:
    """The same for another worker: {events, head_seq, has_before, has_after}."""
    whole = room_log.page(sql, asked.before, asked.after, asked.limit, head)
    page = seen(whole, hiding.curtain(asked.hidden))
    return tell.log_page(page.events, head, page.has_before, page.has_after)


def _loaded(ref: str | None, whole: room_log.Page, admission: Admission) -> str:
    page = seen(whole, hiding.before(admission))
    return tell.history_loaded(ref, page.events, page.has_before, page.has_after)


def _welcome(admission: Admission, head: int, present: list[wire.Person], resumed: bool) -> str:
    curtain = hiding.before(admission)
    people = curtain.people(present) if curtain else present
    return tell.event(welcome(admission, head, people, resumed))


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
