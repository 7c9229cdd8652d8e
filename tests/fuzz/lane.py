"""One socket that sends batches of frames, and holds the room to an answer for each of them."""

import socket
from collections import deque
from dataclasses import dataclass, field
from itertools import count

from schema import wire
from tests.fuzz.frames import Frame, text
from tests.fuzz.ledger import Due, Ledger, Wrong
from tests.fuzz.oracle import Paged, expected
from tests.person import Person
from tests.raw_socket import CLOSE, TEXT, Raw, handshake, raw_frame, take_frame

PATIENCE_S = 20.0
NUMBERS = count(1)


@dataclass
class Lane:
    """Somebody's line into a room, opened when it is needed. The person must be signed in."""

    person: Person
    room: str
    may_post: bool = True
    paced: bool = False
    sent: int = 0
    excess: int = 0
    floods: int = 0
    ledger: Ledger = field(init=False)
    _socket: socket.socket | None = None
    _buffer: bytearray = field(default_factory=bytearray)
    _heard: deque[Raw] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.person.id)

    def open(self) -> None:
        """Open the line, and take what was missed since it was open last."""
        self._socket = socket.create_connection(
            ("127.0.0.1", self.person.place.platform.port), PATIENCE_S
        )
        self._socket.sendall(handshake(self.person, self.room, after=self.ledger.head))
        while b"\r\n\r\n" not in self._buffer:
            self._receive()
        answer, _, rest = self._buffer.partition(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 101 "), answer
        self._buffer = rest
        self._take()
        welcome, page = self._next_events()
        assert isinstance(welcome, wire.Welcome) and isinstance(page, wire.HistoryLoaded)
        for event in page.events:
            self.ledger.hear(event, Due())

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._buffer.clear()
        self._heard.clear()

    def run(self, frames: list[Frame]) -> None:
        """Send frames, all at once unless the room has a pace. Raises Wrong."""
        for batch in [[frame] for frame in frames] if self.paced else [frames]:
            self._run(batch)

    def _run(self, frames: list[Frame]) -> None:
        if self._socket is None:
            self.open()
        assert self._socket is not None
        end = f"end-{next(NUMBERS)}"
        last = text(f'{{"type":"load_history","ref":"{end}","limit":1}}')
        answers = [expected(frame, self.may_post) for frame in frames]
        due = self.ledger.begin([*answers, Paged(end, None, None, 1)], self.paced)
        charged = len(frames) + 1 - due.pongs
        out = [raw_frame(frame.payload, frame.opcode) for frame in [*frames, last]]
        self._socket.sendall(b"".join(out))
        self.sent += len(frames)
        if self._hear(due, end):
            due.check_over()
            self._count(charged, due.too_fast)

    def _count(self, charged: int, too_fast: int) -> None:
        """How many more were refused for speed than passed, as the room counts; it is not asked for
        a ping, which the platform answers."""
        if self.paced:
            self.excess = max(0, self.excess - (charged - too_fast)) + too_fast

    def _hear(self, due: Due, end: str) -> bool:
        """Take events until the end of a batch; False when the line was closed for a flood. An end
        that is refused does not wait for a message that was stored just before it."""
        over = False
        while not over or due.news:
            events = self._next_events()
            if not events:
                self._shown_out(due)
                return False
            for event in events:
                self.ledger.hear(event, due)
                if isinstance(event, wire.Checkpoint):
                    self._confirm(event.number)
                if isinstance(event, wire.HistoryLoaded | wire.CommandRefused) and event.ref == end:
                    over = True
        return True

    def _confirm(self, number: int) -> None:
        assert self._socket is not None
        words = f'{{"type":"reach_checkpoint","number":{number}}}'
        self._socket.sendall(raw_frame(words.encode()))

    def _shown_out(self, due: Due) -> None:
        """A flood ends with the refusal that makes it 200: it is not told, the line closes."""
        if self.excess + due.too_fast < 198:
            raise Wrong(f"shown out after {self.excess} refusals for speed more than passed")
        self.excess, self.floods = 0, self.floods + 1
        self.close()

    def _next_events(self) -> list[wire.Event]:
        """The events of the next frame; none when it closes the line."""
        while not self._heard:
            self._receive()
        frame = self._heard.popleft()
        if frame.opcode == CLOSE:
            code = int.from_bytes(frame.payload[:2], "big")
            if code != wire.CloseCode.FLOOD or not self.paced:
                raise Wrong(f"closed with {code} {frame.payload[2:]!r}")
            return []
        assert frame.opcode == TEXT, frame
        return wire.ServerFrame.model_validate_json(frame.payload).events

    def _receive(self) -> None:
        assert self._socket is not None
        try:
            data = self._socket.recv(1 << 20)
        except TimeoutError:
            raise Wrong(f"silence for {PATIENCE_S:.0f} s") from None
        if not data:
            raise Wrong("the line was cut")
        self._buffer += data
        self._take()

    def _take(self) -> None:
        while self._buffer[:5] != b"HTTP/" and (frame := take_frame(self._buffer)) is not None:
            self._heard.append(frame)
