"""ChatRoom: one object for each room, the truth of its conversation.

A message comes in at `webSocketMessage`, is decided in `domain/posting.py`, stored by `room_log`
when the next frame goes out, and told to everyone by `edge/sockets.py`. The platform holds a frame
until what was written before it is durable: an event that somebody receives is never lost.
"""

import logging
from functools import partial
from typing import Any
from urllib.parse import unquote

from workers import DurableObject  # type: ignore[attr-defined]

from domain import pace, posting
from durable_objects import room_greeting, room_log, room_membership
from durable_objects.room_admissions import RoomAdmissions
from durable_objects.room_copies import RoomCopies
from durable_objects.room_filters import RoomFilters
from durable_objects.room_hiding import RoomHiding
from durable_objects.room_imports import bring_in
from durable_objects.room_presence import RoomPresence
from edge import http, rpc
from edge.clock import new_id, now_ms
from edge.do_sql import ObjectSql
from edge.seat import Seat
from edge.sockets import Sockets
from edge.straight import call_straight
from schema import rpc as calls
from schema import tell, wire
from schema.commands import read_command, ref_of
from schema.refusals import Refused

log = logging.getLogger("chat_room")


class ChatRoom(DurableObject):  # type: ignore[misc]
    def __init__(self, ctx: Any, env: Any):
        super().__init__(ctx, env)
        self.incarnation = new_id()
        self.sql = ObjectSql(ctx)
        self.head = room_log.create(self.sql)
        self.copies = RoomCopies(ctx, env, self.sql, self.head)
        self.presence = RoomPresence(self.copies, lambda: self.sockets.admissions())
        self.posts = room_log.RoomPosts(self.sql)
        hidden = RoomHiding(self.sql)
        self.sockets = Sockets(ctx, hidden, self.presence.news, self.store_posts, self.show_out)
        self.admissions = RoomAdmissions(env, self.sql, self.sockets, self.presence, self.show_out)
        self.filters = RoomFilters(self.sql, self.sockets, self.copies.hold, self.append)
        self.paces = pace.Paces()
        call_straight(self, "webSocketMessage")

    async def fetch(self, request: Any) -> Any:
        """Open a socket for somebody whom chat-worker has admitted."""
        entrance = calls.Entrance.model_validate_json(unquote(request.headers["x-entrance"]))
        self.copies.know(entrance.admission.room)
        self.sockets.flush()
        admission = room_membership.as_logged(self.sql, entrance.admission)
        if "read_room" not in admission.may:
            return await http.refuse(request, Refused("room_not_found"), new_id())
        present = self.presence.people_with(admission.person)
        events = room_greeting.greeting(self.sql, admission, entrance.after, self.head, present)
        seat, response = self.sockets.admit(admission)
        self.presence.enter(admission, now_ms())
        self.sockets.tell_one(seat, *events)
        self.sockets.tell_soon()
        self.admissions.entered(seat)
        await self.copies.wake_by(self.sockets.end(now_ms()))
        return response

    # A frame

    def webSocketMessage(self, socket: Any, text: Any) -> None:  # noqa: N802
        seat = self.sockets.seat(socket)
        if seat is None:
            return
        try:
            self.obey(seat, text)
        except Refused as no:
            self.sockets.tell_one(seat, tell.refused(no, ref_of(text)))
        except Exception:
            log.exception("a frame broke room %s", self.copies.room_id)
            self.sockets.tell_one(seat, tell.refused(Refused("broken"), ref_of(text)))

    def obey(self, seat: Seat, text: Any) -> None:
        try:
            command = read_command(text)
        except Refused:
            self.spend(seat, pace.COST_OF_NONSENSE)
            raise
        if command.type != "reach_checkpoint" or not seat.reading.reach(command.number):
            self.spend(seat, pace.COSTS[command.type])
        match command:
            case wire.SendMessage():
                self.post(seat, command)
            case wire.LoadHistory():
                self.history(seat, command)
            case wire.SetTyping():
                self.set_typing(seat, command.typing)

    def spend(self, seat: Seat, cost: float) -> None:
        self.admissions.check_time(seat, now := now_ms())
        try:
            self.paces.spend(seat.admission, cost, now)
        except pace.Flooded:  # who goes on long after their tokens are spent is shown out
            self.show_out(seat, wire.CloseCode.FLOOD)
            raise

    def post(self, seat: Seat, command: wire.SendMessage) -> None:
        """A message for the next frame, which goes out at once in a quiet room."""
        draft = posting.Draft(command.content, "text", {})
        message = self.message(seat.admission, command.ref, draft)
        self.posts.add(room_log.Incoming(seat, command.ref, message))
        self.sockets.tell_posts(at_once=self.posts.are_enough)

    def message(self, admission: calls.Admission, ref: str, draft: posting.Draft) -> wire.Message:
        author = posting.author(admission)
        message = posting.post(author, self.copies.room_id, draft, new_id(), now_ms())
        message = self.filters.passed(admission, ref, message)
        self.presence.typed(message.author, message.created_at)
        return message

    def store_posts(self) -> room_log.Stored:
        """For the frame that is about to go out."""
        events, answers = self.posts.store(self.head)
        self.head += len(events)
        if events:
            self.copies.wake()
        return events, answers

    def append(self, author_id: str, ref: str, make: room_log.Make) -> str | None:
        """The next entry of the log, told to everyone; None when this ref was used before."""
        if self.posts:
            self.sockets.flush()
        event = room_log.append(self.sql, self.head + 1, author_id, ref, make)
        if event is not None:
            self.head += 1
            self.copies.wake()
            self.sockets.tell(event)
        return event

    def history(self, seat: Seat, command: wire.LoadHistory) -> None:
        self.sockets.flush()
        page = room_greeting.history(self.sql, seat.admission, command, self.head)
        self.sockets.tell_one(seat, page)

    def set_typing(self, seat: Seat, starts: bool) -> None:
        posting.check(posting.author(seat.admission))
        if self.posts:
            self.sockets.flush()  # a message ends its author's typing: this comes after it
        if event := self.presence.types(seat.admission, starts, now_ms()):
            self.sockets.tell(event)

    # Leaving

    def webSocketClose(self, socket: Any, code: int, reason: str, clean: bool) -> None:  # noqa: N802
        self.sockets.answer_close(socket, code)
        self.gone(socket)

    def webSocketError(self, socket: Any, error: Any) -> None:  # noqa: N802
        self.gone(socket)

    def show_out(self, seat: Seat, code: wire.CloseCode) -> None:
        """Close a socket, whether or not the other side goes along."""
        self.sockets.close(seat, code)
        self.gone(seat.socket)

    def gone(self, socket: Any) -> None:
        self.presence.wake()
        if admission := self.sockets.forget(socket):
            self.presence.leave(admission, now_ms())
            self.sockets.tell_soon()

    # What other workers ask

    async def post_for(self, text: str) -> str:
        """A message from another worker, permitted there: its event."""
        return await rpc.answer(text, calls.Post, self._post_for)

    async def _post_for(self, asked: calls.Post) -> wire.MessagePosted:
        self.copies.know(asked.admission.room)
        self.paces.spend(asked.admission, pace.COST_OF_POST, now_ms())
        draft = posting.Draft(asked.content, asked.message_type, asked.metadata)
        admission = room_membership.as_logged(self.sql, asked.admission)
        message = self.message(admission, asked.ref, draft)
        whose = (message.author.id, asked.ref)
        make = partial(wire.MessagePosted, ref=asked.ref, message=message)
        event = self.append(*whose, make) or room_log.posted_before(self.sql, *whose)
        return wire.MessagePosted.model_validate_json(event)

    async def log_page(self, text: str) -> str:
        """A page of the log, for whoever asked there."""
        return await self._answer(text, calls.PageRequest, self._log_page)

    async def _log_page(self, asked: calls.PageRequest) -> str:
        return room_greeting.log_page(self.sql, asked, self.head)

    async def change_membership(self, text: str) -> str:
        """Somebody joined or left."""
        return await rpc.answer(text, calls.MembershipChange, self._change_membership)

    async def _change_membership(self, asked: calls.MembershipChange) -> calls.Vitals:
        room_membership.change(self, asked)
        return self._vitals()

    async def readmit(self, text: str) -> str:
        """Somebody's rights changed, or a session ended: open sockets follow."""
        return await self._answer(text, calls.Readmission, self._readmit)

    async def _readmit(self, asked: calls.Readmission) -> calls.Vitals:
        await self.admissions.readmit(asked)
        return self._vitals()

    async def import_messages(self, text: str) -> str:
        """Messages with times and references of their own; those that are there stay."""
        return await rpc.answer(text, calls.Import, partial(bring_in, self))

    async def decide(self, text: str) -> str:
        """A moderator lets a held message in, or declines it."""
        return await self._answer(text, calls.HeldDecision, self.filters.decide)

    async def withdraw(self, text: str) -> str:
        """The author of a held message takes it back."""
        return await self._answer(text, calls.Withdrawal, self.filters.withdraw)

    async def tell_reviewers(self, text: str) -> str:
        """Something that waited here was decided."""
        return await self._answer(text, calls.ReviewNews, self.filters.told)

    async def _answer(self, text: str, question: Any, work: Any) -> str:
        """To whoever asks from this room's community."""

        async def checked(asked: Any) -> Any:
            self.copies.check(asked.community_id)
            return await work(asked)

        return await rpc.answer(text, question, checked)

    async def vitals(self, text: str) -> str:
        self.sql.counts = True
        return self._vitals().model_dump_json()

    def _vitals(self) -> calls.Vitals:
        log = {"head_seq": self.head, "copied_seq": self.copies.copied()}
        now = {"sockets": len(self.sockets), "spent": self.sql.spent}
        return calls.Vitals.model_validate({"incarnation": self.incarnation, **log, **now})

    async def alarm(self, info: Any = None) -> None:
        if await self.copies.wake_up(self.sockets.end):
            self.filters.tell_reviewers()
