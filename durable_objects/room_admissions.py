"""What the people at open sockets may do: changed while they sit there.

A socket is admitted once, at the door. Whoever changes what somebody may do tells the room, and the
room asks D1 anew for those who sit in it: nobody keeps a right for longer than that takes.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

from access.permission import admission_of
from domain import hiding
from domain.pace import SOCKETS_EACH
from domain.permissions import in_a_seat
from domain.sessions import over
from durable_objects import room_log, room_membership
from durable_objects.room_greeting import anew, you
from durable_objects.room_log import Sql
from durable_objects.room_presence import RoomPresence
from edge.clock import now_ms
from edge.d1 import D1
from edge.seat import Seat
from edge.sockets import Sockets
from records import standings
from schema import tell, wire
from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import Admission, MembershipChange, Readmission

ON_THE_WAY_S = 10.0
EVERYBODY = ""
ShowOut = Callable[[Seat, wire.CloseCode], None]


class RoomAdmissions:
    """`show_out` closes a socket for good."""

    def __init__(
        self,
        env: Any,
        sql: Sql,
        sockets: Sockets,
        presence: RoomPresence,
        show_out: ShowOut,
    ):
        self._db = D1(env.DB)
        self._sql = sql
        self._sockets = sockets
        self._presence = presence
        self._show_out = show_out
        self._lately: dict[str, float] = {}
        self._asking: set[asyncio.Task[None]] = set()

    def entered(self, seat: Seat) -> None:
        """What was decided while somebody was on the way in holds for them too."""
        now = time.monotonic()
        self._lately = {key: at for key, at in self._lately.items() if now - at < ON_THE_WAY_S}
        admission = seat.admission
        self._make_room_for(admission.person.id)
        if admission.session in self._lately:
            self._show_out(seat, wire.CloseCode.SIGNED_OUT)
        elif admission.room and {admission.person.id, EVERYBODY} & self._lately.keys():
            asked = Readmission(
                community_id=admission.room.community_id,
                room_id=admission.room.id,
                person_id=admission.person.id,
            )
            task = asyncio.ensure_future(self._ask(asked))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)

    def check_time(self, seat: Seat, now: Millis) -> None:
        """Refuses: not_signed_in, whose session is over as far as is known here."""
        if over(seat.ends, now):
            self._show_out(seat, wire.CloseCode.COME_AGAIN)
            raise Refused("not_signed_in")

    def change(self, asked: MembershipChange) -> None:
        """Somebody joined or left: their sockets may do more or less from now on."""
        changed = {"may": asked.may, "room_role": asked.room_role}
        self._readmit_all(
            (seat, seat.admission.model_copy(update=changed))
            for seat in self._sockets.seats()
            if seat.person_id == asked.person.id
        )

    def _make_room_for(self, person_id: str) -> None:
        """Whoever has too many windows here loses the oldest one."""
        theirs = [seat for seat in self._sockets.seats() if seat.person_id == person_id]
        for seat in theirs[:-SOCKETS_EACH]:
            self._show_out(seat, wire.CloseCode.TOO_MANY_SOCKETS)

    async def readmit(self, asked: Readmission) -> None:
        """Somebody's rights changed somewhere, or a session ended."""
        self._lately[asked.session or asked.person_id or EVERYBODY] = time.monotonic()
        if asked.other_id is not None:
            self._lately[asked.other_id] = time.monotonic()
        if asked.session is not None:
            self._sign_out(asked.session)
        else:
            await self._ask(asked)

    async def _ask(self, asked: Readmission) -> None:
        meant = {seat: seat.admission for seat in self._sockets.seats() if _meant(seat, asked)}
        while meant:
            fresh = await self._of_today(asked, list(meant.values()))
            # Who joined or left while D1 was asked was told so by then: the answer may be older.
            overtaken = {s: s.admission for s, told in meant.items() if s.admission is not told}
            self._readmit_all(
                (seat, fresh[seat.person_id]) for seat in meant.keys() - overtaken.keys()
            )
            meant = overtaken

    async def _of_today(self, asked: Readmission, told: list[Admission]) -> dict[str, Admission]:
        """What D1, and the log where it knows better, say of these people by id."""
        people = sorted({admission.person.id for admission in told})
        rows = await standings.of_people(self._db, asked.community_id, asked.room_id, people)
        found = [in_a_seat(admission_of(row, asked.community_id, None)) for row in rows]
        return {one.person.id: room_membership.as_logged(self._sql, one) for one in found}

    def _sign_out(self, session: str) -> None:
        for seat in self._sockets.seats():
            if seat.admission.session == session:
                self._show_out(seat, wire.CloseCode.SIGNED_OUT)

    def _readmit_all(self, fresh: Iterable[tuple[Seat, Admission]]) -> None:
        """Give open sockets what their people may do now. Who is to see others than before is
        greeted anew, when all of that has been told: what they have does not hold any more."""
        to_greet = [seat for seat, now in fresh if self._readmit(seat, now)]
        if not to_greet:
            return
        self._sockets.flush()
        head = room_log.head(self._sql)
        for seat in to_greet:
            present = self._presence.people_with(seat.admission.person)
            self._sockets.tell_one(seat, *anew(self._sql, seat.admission, head, present))

    def _readmit(self, seat: Seat, fresh: Admission) -> bool:
        """Give an open socket what its person may do now; without reading, it closes. Whether its
        person is to see others than before."""
        before = seat.admission
        proof = {"session": before.session, "until": before.until}
        admission = fresh.model_copy(update=proof)
        if "read_room" not in admission.may:
            self._show_out(seat, wire.CloseCode.NO_LONGER_ADMITTED)
            return False
        if admission == before:
            return False
        self._presence.wake()
        seat.admit(admission)
        self._sockets.remember(seat)
        if hiding.sees_others(before, admission):
            self._presence.change(before, admission, now_ms())
            return True
        self._sockets.tell_one(seat, tell.event(wire.AccessChanged(you=you(admission))))
        return False


def _meant(seat: Seat, asked: Readmission) -> bool:
    return asked.person_id is None or seat.person_id in (asked.person_id, asked.other_id)
