"""Many people at their sockets. A frame's arrival costs a look-up and two numbers, no more."""

import asyncio
import gc
import secrets
import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from tests.load.ledger import UNKNOWN, Sent, Sight
from tests.load.target import Door, Heard, Target

TEXT = WSMsgType.TEXT
PATIENCE_S = 120.0
CONTENT = "The seedlings are in, and the water barrels are full again after last night's rain."


class Hall:
    """What the receivers of one room share: every frame is read once, for all who get it."""

    def __init__(self, target: Target, number: int, post: "Post"):
        self.target = target
        self.number = number
        self.post = post
        self.known: dict[bytes, int] = {}
        self.frames: list[Heard] = []
        self.sizes: list[int] = []
        self.authors: list[Counter[int]] = []

    def learn(self, payload: bytes) -> int:
        """Read a new frame; return its number, which the same bytes have from now on."""
        number = self.known[payload] = self.keep(self.target.decode(payload))
        return number

    def keep(self, heard: Heard) -> int:
        """Keep a frame that was read; return its number."""
        self.frames.append(heard)
        numbers = [self.post.numbers.get(ref, UNKNOWN) for ref, _ in heard.entries if ref]
        known = [number for number in numbers if number != UNKNOWN]
        self.sizes.append(len(known))
        self.authors.append(Counter(self.post.authors[number] for number in known))
        self.post.refused += heard.refused
        for ref in heard.answers:
            self.post.answered(ref)
        return len(self.frames) - 1


class Post:
    """Every message of a round: its number by its ref, its author, room and time."""

    def __init__(self, mark: str):
        self.mark = mark
        self.numbers: dict[str, int] = {}
        self.authors: list[int] = []
        self.sent: list[Sent] = []
        self.refused: list[str] = []
        self.questions: dict[str, asyncio.Future[None]] = {}

    def ask(self, receiver: "Receiver", before: int) -> "asyncio.Future[None]":
        """Ask for the page before a seq; return when it is there."""
        ref = f"{self.mark}-page-{secrets.token_hex(6)}"
        answer = self.questions[ref] = asyncio.get_running_loop().create_future()
        receiver.line.send(TEXT, receiver.hall.target.ask_page(ref, before))
        return answer

    def answered(self, ref: str) -> None:
        """Let go whoever waits for this page."""
        if (question := self.questions.pop(ref, None)) is not None and not question.done():
            question.set_result(None)

    def send(self, receiver: "Receiver") -> int:
        """Post one more message through a receiver's socket; return its number."""
        number = len(self.sent)
        ref = f"{self.mark}-{number}"
        self.numbers[ref] = number
        self.authors.append(receiver.number)
        frame = receiver.hall.target.encode(ref, CONTENT)
        self.sent.append(Sent(receiver.hall.number, time.perf_counter_ns()))
        receiver.line.send(TEXT, frame)
        return number


class Receiver(WSListener):
    """One person's socket in one room, through all its connections."""

    def __init__(self, hall: Hall, number: int, person: int):
        super().__init__()
        self.hall = hall
        self.number = number
        self.person = person
        self.line: WSTransport
        self.frames = array("l")
        self.at_ns = array("q")
        self.greeted: asyncio.Future[Heard] | None = None
        self.on_own: Callable[[int], None] | None = None
        self.heard = 0
        self.pages: set[int] = set()
        self.base: int | None = None
        self.open = False

    async def enter(self, after: int | None = None) -> Heard:
        """Open the socket; return its first frame, read."""
        door = self.hall.target.door(self.person, self.hall.number, after)
        self.greeted = asyncio.get_running_loop().create_future()
        self.line = await connected(self, door)
        async with asyncio.timeout(PATIENCE_S):
            return await self.greeted

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.line = transport
        self.open = True

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if transport is self.line:
            self.open = False

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        now = time.perf_counter_ns()
        if frame.msg_type is not TEXT or transport is not self.line or not self.open:
            return
        payload = frame.get_payload_as_bytes()
        if self.greeted is not None and not self.greeted.done():
            self.greet(payload, now)
            return
        number = self.hall.known.get(payload)
        if number is None:
            number = self.hall.learn(payload)
        self.frames.append(number)
        self.at_ns.append(now)
        self.heard += self.hall.sizes[number]
        if self.on_own is not None and (own := self.hall.authors[number][self.number]):
            self.on_own(own)

    def greet(self, payload: bytes, now: int) -> None:
        """Take the first frame, which is like no other socket's."""
        heard = self.hall.target.decode(payload)
        if self.base is None:
            self.base = (heard.head or 0) - len(heard.entries)
        self.pages.add(len(self.frames))
        self.frames.append(self.hall.keep(heard))
        self.at_ns.append(now)
        self.heard += self.hall.sizes[-1]
        assert self.greeted is not None
        self.greeted.set_result(heard)

    def sight(self) -> Sight:
        """Return what this receiver saw, for the ledger; entries that are no messages left out."""
        sight = Sight(self.hall.number)
        numbers = self.hall.post.numbers
        for frame, at_ns in zip(self.frames, self.at_ns, strict=True):
            for ref, seq in self.hall.frames[frame].entries:
                if ref is not None:
                    sight.add(numbers.get(ref, UNKNOWN), seq, at_ns)
        return sight

    def live_latencies(self) -> list[int]:
        """Return the nanoseconds from send to here of what was said while the socket was open."""
        post, found = self.hall.post, []
        for place, (frame, at_ns) in enumerate(zip(self.frames, self.at_ns, strict=True)):
            refs = [ref for ref, _ in self.hall.frames[frame].entries if ref in post.numbers]
            if place not in self.pages:
                found += [at_ns - post.sent[post.numbers[ref]].at_ns for ref in refs]
        return found

    def seqs(self) -> list[int]:
        """Return the seqs of all log entries, in the order they came."""
        frames = [self.hall.frames[frame] for frame in self.frames]
        return [seq for frame in frames for _, seq in frame.entries]

    def newest(self) -> int:
        """Return the last seq that this receiver has."""
        frames = (self.hall.frames[frame] for frame in reversed(self.frames))
        return next((frame.entries[-1][1] for frame in frames if frame.entries), self.base or 0)

    def is_in(self) -> bool:
        """Say whether the socket is open and has had its first frame."""
        return self.open and self.greeted is not None and self.greeted.done()

    def greeted_ns(self) -> int:
        """Return when the newest first frame came."""
        return self.at_ns[max(self.pages)]

    def leave(self) -> None:
        """Close the socket as a browser does that goes elsewhere."""
        self.open = False
        self.line.send_close(WSCloseCode.OK)
        self.line.disconnect()

    def cut(self) -> None:
        """Cut the line: no farewell."""
        self.open = False
        self.line.disconnect(graceful=False)


async def connected(listener: WSListener, door: Door) -> WSTransport:
    """Open a socket for a listener."""
    transport, _ = await ws_connect(
        lambda: listener,
        door.url,
        extra_headers=door.headers,
        websocket_handshake_timeout=PATIENCE_S,
        read_buffer_init_size=4096,
    )
    return transport


async def enter_all(receivers: Iterable[Receiver], at_once: int = 16) -> None:
    """Open all the sockets, a few at a time."""
    waiting = iter(receivers)

    async def usher() -> None:
        for receiver in waiting:
            await receiver.enter()

    await asyncio.gather(*[usher() for _ in range(at_once)])


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep Python's own pauses out of what is measured."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
