"""A WebSocket line made by hand (RFC 6455), for what a polite library does not send.

`Line` is one open socket of somebody: it sends any bytes as any frame, and keeps what came back.
It confirms nothing, answers no close and no ping by itself: all that is the test's to do.
"""

import asyncio
import base64
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from schema import wire
from tests.person import Person
from tests.place import PATIENCE_S

MORE, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FIN, RSV1, RSV2, RSV3 = 0x80, 0x40, 0x20, 0x10
MASK = os.urandom(4)


@dataclass(frozen=True)
class Raw:
    """One frame as it came: its first byte's flags, its opcode and what it carries."""

    flags: int
    opcode: int
    payload: bytes


def masked(payload: bytes, mask: bytes = MASK) -> bytes:
    """Every byte with its byte of the mask, as one large number: quick for long frames."""
    size = len(payload)
    keys = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
    return (int.from_bytes(payload, "big") ^ keys).to_bytes(size, "big")


def raw_frame(
    payload: bytes, opcode: int = TEXT, flags: int = FIN, mask: bytes | None = MASK
) -> bytes:
    """One frame. Without a mask it is one that no client may send."""
    size, bit = len(payload), 0 if mask is None else 0x80
    if size < 126:
        head = bytes([flags | opcode, bit | size])
    elif size < 65_536:
        head = bytes([flags | opcode, bit | 126]) + size.to_bytes(2, "big")
    else:
        head = bytes([flags | opcode, bit | 127]) + size.to_bytes(8, "big")
    return head + payload if mask is None else head + mask + masked(payload, mask)


def take_frame(buffer: bytearray) -> Raw | None:
    """The first whole frame of a server's bytes, taken out of them; None while it is not whole."""
    if len(buffer) < 2:
        return None
    wide = {126: 2, 127: 8}.get(buffer[1], 0)
    if len(buffer) < 2 + wide:
        return None
    size = int.from_bytes(buffer[2 : 2 + wide], "big") if wide else buffer[1]
    end = 2 + wide + size
    if len(buffer) < end:
        return None
    frame = Raw(buffer[0] & 0xF0, buffer[0] & 0x0F, bytes(buffer[2 + wide : end]))
    del buffer[:end]
    return frame


def handshake(person: Person, room: str, extra: str = "", after: int | None = None) -> bytes:
    """The request that opens a room's socket; `extra` header lines end with a line end each."""
    query = "" if after is None else f"?after={after}"
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET /api/rooms/{room}/socket{query} HTTP/1.1\r\nHost: {person.place.host}\r\n"
        f"Cookie: {person.cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{extra}\r\n"
    ).encode()


@dataclass
class Line:
    """One socket by hand. `frames` is everything that came, `closed` the code of a close frame,
    1006 when the line ended without one."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answer: str
    frames: list[Raw] = field(default_factory=list)
    closed: int | None = None
    _buffer: bytearray = field(default_factory=bytearray)

    @property
    def extensions(self) -> str:
        """What the server chose of the extensions that were offered; empty: none."""
        heads = [head.partition(":") for head in self.answer.splitlines()[1:]]
        return ", ".join(v.strip() for k, _, v in heads if k.lower() == "sec-websocket-extensions")

    def sends(self, payload: bytes | str, opcode: int = TEXT, flags: int = FIN) -> None:
        """One frame, on its way without waiting."""
        data = payload.encode() if isinstance(payload, str) else payload
        self.writer.write(raw_frame(data, opcode, flags))

    def sends_bytes(self, data: bytes) -> None:
        """Anything at all."""
        self.writer.write(data)

    async def drained(self, within: float = PATIENCE_S) -> bool:
        """Wait until the bytes are out; False when the other side takes no more of them."""
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(within):
                await self.writer.drain()
                return True
        return False

    def events(self) -> list[wire.Event]:
        """Every event that came in text frames that are not compressed."""
        texts = [f.payload for f in self.frames if f.opcode == TEXT and not f.flags & RSV1]
        return [event for t in texts for event in wire.ServerFrame.model_validate_json(t).events]

    def refusals(self) -> list[str]:
        """The codes of what was refused, in order."""
        return [e.code for e in self.events() if isinstance(e, wire.CommandRefused)]

    async def until(self, fact: Callable[[], Any], what: str, within: float = PATIENCE_S) -> None:
        """Read until something is so, or the line is closed; then it must be so."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not fact() and self.closed is None:
                    await self.read()
        assert fact(), f"not seen: {what}; closed: {self.closed}; last: {self.frames[-5:]!r:.2000}"

    async def until_closed(self, within: float = PATIENCE_S) -> int:
        """Read to the end; the code with which the server closed."""
        await self.until(lambda: self.closed is not None, "a close", within)
        assert self.closed is not None
        return self.closed

    async def posted(self, ref: str, within: float = PATIENCE_S) -> wire.MessagePosted:
        """The message with this ref, once it is there."""

        def found() -> list[wire.MessagePosted]:
            posted = [e for e in self.events() if isinstance(e, wire.MessagePosted)]
            return [event for event in posted if event.ref == ref]

        await self.until(found, f"message {ref}", within)
        return found()[0]

    async def read(self) -> None:
        """What comes next, however little; in the end `closed`."""
        try:
            data = await self.reader.read(1 << 20)
        except ConnectionError:
            data = b""
        self._buffer += data
        while (frame := take_frame(self._buffer)) is not None:
            self.frames.append(frame)
            if frame.opcode == CLOSE and self.closed is None:
                self.closed = int.from_bytes(frame.payload[:2], "big") if frame.payload else 1005
        if not data and self.closed is None:
            self.closed = 1006

    async def ends(self) -> None:
        """Cut the line."""
        self.writer.transport.abort()
        with suppress(ConnectionError):
            await self.writer.wait_closed()


async def opens(
    person: Person, room: str, extra: str = "", receive_buffer: int | None = None
) -> Line:
    """Open a room by hand, and see its first page. `receive_buffer`: bytes that the kernel may
    hold for us while we do not read."""
    await person.signs_in()
    sock = socket.socket()
    if receive_buffer is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", person.place.platform.port))
    limit = 1 << 16 if receive_buffer is None else receive_buffer
    reader, writer = await asyncio.open_connection(sock=sock, limit=limit)
    writer.write(handshake(person, room, extra))
    answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    assert answer.startswith("HTTP/1.1 101 "), answer
    return Line(reader, writer, answer)


async def sees_page(line: Line) -> None:
    """Wait for the first frame of an open line."""
    await line.until(lambda: [f for f in line.frames if f.opcode == TEXT], "the first frame")
