"""The sockets of one room: who sits where, and how everyone hears of something.

A socket's attachment is its only memory: the object may be dropped while sockets stay open, and
wakes with the attachments alone. Everything else here is a cache of them.
"""

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import js
from js import WebSocketPair, WebSocketRequestResponsePair
from pyodide.ffi import JsException
from workers import Response  # type: ignore[attr-defined]

from domain import hiding
from domain.pace import CHECKPOINT_BYTES, Reading
from domain.sessions import over
from edge.clock import new_number, now_ms
from edge.seat import GONE, Seat, found_again, kept, taken
from schema import tell
from schema.ids import Millis
from schema.rpc import Admission
from schema.wire import PING, PONG, Checkpoint, CloseCode

BATCH_S = 0.01
BUSY = 2
QUIET_S = 0.1
COUNTED_BYTES = CHECKPOINT_BYTES // 16


class Hidden(Protocol):
    """Who is hidden from whom, which an attachment has no room for."""

    def of(self, person_id: str) -> list[str]: ...

    def keep(self, person_id: str, hidden: list[str]) -> None: ...


class Sockets:
    """Hears and tells. The first word goes out at once; what follows within 10 ms goes together.
    The more the last frame took along, the longer the next one waits for company: up to 20 ms.

    `news` is asked for quiet events (presence) whenever a frame is about to go out anyway, and at
    the latest a tenth of a second after `tell_soon`; and `store` for what was posted: events for
    everyone, and answers for one socket each.
    `show_out` closes for good: who does not read, and who stays past the end of their session.
    """

    def __init__(
        self,
        ctx: Any,
        hidden: Hidden,
        news: Callable[[], list[str]],
        store: Callable[[], tuple[list[str], list[tuple[Seat, str]]]],
        show_out: Callable[[Seat, CloseCode], None],
    ):
        self._ctx = ctx._ctx
        self._hidden = hidden
        self._news = news
        self._store = store
        self._show_out = show_out
        self._first_end = math.inf
        self._seats: dict[int, Seat] = {}
        self._waiting: list[str] = []
        self._timer: asyncio.Handle | None = None
        self._due = 0.0
        self._told_at = 0.0
        self._told = 1
        self._uncounted = 0
        self._wake()
        self._ctx.setWebSocketAutoResponse(WebSocketRequestResponsePair.new(PING, PONG))

    def _wake(self) -> None:
        """Who sat here before a sleep sits here still: all attachments come over the border at
        once."""
        sockets = self._ctx.getWebSockets()
        read = js.Function.prototype.call.bind(js.WebSocket.prototype.deserializeAttachment)
        texts = sockets.map(read).join("\n").split("\n")
        for socket, text in zip(sockets, texts, strict=False):
            self._find_again(socket, text)

    def __len__(self) -> int:
        return len(self._seats)

    def admit(self, admission: Admission) -> tuple[Seat, Any]:
        """Open a socket for somebody: their seat, and the response that carries it."""
        client, server = WebSocketPair.new().object_values()
        self._ctx.acceptWebSocket(server)
        seat = self._seats[server.js_id] = taken(server, admission, Reading(-self._uncounted))
        self.remember(seat)
        return seat, Response(None, status=101, web_socket=client)

    def remember(self, seat: Seat) -> None:
        """Keep what the seat knows through a sleep of the object."""
        self._first_end = min(self._first_end, seat.ends)
        self._hidden.keep(seat.person_id, seat.admission.hidden)
        seat.socket.serializeAttachment(kept(seat))

    def seat(self, socket: Any) -> Seat | None:
        """The seat of a socket, from memory or from its attachment; None for who is gone already:
        frames of somebody who was shown out may still be under way."""
        seat = self._seats.get(socket.js_id)
        return seat or self._find_again(socket, socket.deserializeAttachment())

    def _find_again(self, socket: Any, text: object) -> Seat | None:
        seat = found_again(socket, text, self._hidden.of)
        if seat is not None:
            self._seats[socket.js_id] = seat
            self._first_end = min(self._first_end, seat.ends)
        return seat

    def end(self, now: Millis) -> float:
        """Show out whose session is over, as far as is known here: the door knows whether it was
        used meanwhile. When the next one ends."""
        if now >= self._first_end:
            self._first_end = math.inf
            for seat in self.seats():
                if over(seat.ends, now):
                    self._show_out(seat, CloseCode.COME_AGAIN)
            self._first_end = min((seat.ends for seat in self.seats()), default=math.inf)
        return self._first_end

    def seats(self) -> list[Seat]:
        return list(self._seats.values())

    def admissions(self) -> list[Admission]:
        return [seat.admission for seat in self.seats()]

    def close(self, seat: Seat, code: CloseCode) -> None:
        """Close a socket. Whoever does not go is not heard any more: see `forget`."""
        with suppress(JsException):
            seat.socket.close(int(code), code.name.lower())

    def answer_close(self, socket: Any, code: int) -> None:
        """The other half of a close, which a hibernating socket leaves to us: without it the
        browser waits ten seconds. Codes that may not be sent are answered with 1000."""
        try:
            socket.close(code, "")
        except JsException:
            with suppress(JsException):
                socket.close(1000, "")

    def forget(self, socket: Any) -> Admission | None:
        """Whose socket went away. None the second time: a socket may both break and close."""
        seat = self.seat(socket)
        if seat is None:
            return None
        self._seats.pop(socket.js_id, None)
        socket.serializeAttachment(GONE)
        return seat.admission

    def tell_one(self, seat: Seat, *events: str) -> None:
        self._send(seat, tell.frame(list(events)))

    def tell(self, event: str) -> None:
        """Tell everyone, within 10 to 20 ms."""
        self._waiting.append(event)
        self._flush_within(BATCH_S * min(self._told, BUSY))

    def tell_posts(self, at_once: bool = False) -> None:
        """There are posts to store and to tell everyone, when the next frame goes out."""
        self._flush_within(0 if at_once else BATCH_S * min(self._told, BUSY))

    def tell_soon(self) -> None:
        """There is quiet news for everyone: it may wait a tenth of a second for company."""
        self._flush_within(QUIET_S)

    def flush(self) -> None:
        """Send what waits as one frame, made once for everyone."""
        self.end(now_ms())
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        events, self._waiting = self._news() + self._waiting, []
        posted, answers = self._store()
        events += posted
        if events:
            self._told, self._told_at = len(events), asyncio.get_running_loop().time()
            self._tell_all(events)
        for seat, event in answers:
            self.tell_one(seat, event)

    def _tell_all(self, events: list[str]) -> None:
        """One frame, made once for all who may see the whole of it."""
        text = tell.frame(events)
        views = hiding.Views(text, events)
        for seat in self.seats():
            if seat.curtain is None:
                try:
                    seat.send(text)
                except JsException:  # it is closing; its close event will say so
                    continue
            elif (seen := views.behind(seat.curtain)) is not None:
                self._send(seat, seen)
        self._uncounted += len(text.encode())
        if self._uncounted >= COUNTED_BYTES:
            self._count()

    def _count(self) -> None:
        """What everyone was told is counted for each now and then: it is as much for all."""
        size, self._uncounted = self._uncounted, 0
        for seat in self.seats():
            if seat.curtain is None and seat.reading.sent(size):
                self._mark(seat)

    def _flush_within(self, seconds: float) -> None:
        """The clock is read once: pyodide refuses a moment that has just passed."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        due = min(self._told_at, now) + seconds  # a clock that steps back holds nothing up
        if due <= now:
            self.flush()
        elif self._timer is None or due < self._due:
            if self._timer is not None:
                self._timer.cancel()
            self._due = due
            self._timer = loop.call_later(due - now, self.flush)

    def _send(self, seat: Seat, text: str) -> None:
        """A socket that cannot take it is closing; its close event will say so."""
        try:
            seat.send(text)
        except JsException:
            return
        if seat.reading.sent(len(text.encode())):
            self._mark(seat)

    def _mark(self, seat: Seat) -> None:
        """Tell a checkpoint, or show out who has not read those before it."""
        number = new_number()
        if seat.reading.tell(number):
            self.tell_one(seat, tell.event(Checkpoint(number=number)))
        else:
            self._show_out(seat, CloseCode.SLOW_READER)
