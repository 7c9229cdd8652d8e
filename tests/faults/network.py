"""A bad line between one client and the platform: a TCP proxy that cuts, delays, throttles, and
stops forwarding without closing."""

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass, field

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)


@dataclass
class Toll:
    """What a line did to the bytes that passed it."""

    cut: int = 0
    delayed: int = 0
    withheld: int = 0
    passed: int = 0


@dataclass
class Line:
    """One client's line, listening at `port`. A new connection goes to `upstream`."""

    upstream: int
    port: int = 0
    delay_s: float = 0.0
    bytes_per_s: int = 0
    toll: Toll = field(default_factory=Toll)

    def __post_init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._cut = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._called, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """End every connection; nobody can call any more."""
        self.heal()
        if self._server is not None:
            self._server.close()
        self.reset()
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    # What may be wrong with it

    def cut_in_frame(self) -> None:
        """Forward half of the next bytes that come, whichever way, then reset their connection."""
        self._cut = True

    def freeze(self) -> None:
        """Half-open: nothing is forwarded any more, and nothing is closed."""
        self._open.clear()

    def heal(self) -> None:
        self.delay_s, self.bytes_per_s, self._cut = 0.0, 0, False
        self._open.set()

    def reset(self) -> None:
        """Reset all connections at once."""
        for writer in list(self._writers):
            _reset(writer)

    # Forwarding

    def _called(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.ensure_future(self._connect(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        self._writers.add(writer)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.upstream)
            ends.append(back)
            self._writers.add(back)
            ways = [self._forward(reader, back, ends), self._forward(there, writer, ends)]
            await asyncio.gather(*ways)
        except OSError:
            pass
        finally:
            for end in ends:
                _reset(end)
                self._writers.discard(end)

    async def _forward(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ends: list[asyncio.StreamWriter],
    ) -> None:
        """One way of a connection, until it ends. Its end ends the other way too."""
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._hold(data)
                if self._cut and len(data) > 1:
                    self._cut = False
                    self.toll.cut += 1
                    writer.write(data[: len(data) // 2])
                    await writer.drain()
                    break
                writer.write(data)
                await writer.drain()
                self.toll.passed += len(data)
        if not self._open.is_set():  # the other side does not hear of an end on a dead line
            await self._open.wait()
        for end in ends:
            end.close()

    async def _hold(self, data: bytes) -> None:
        """Keep bytes back for as long as the line is bad."""
        if not self._open.is_set():
            self.toll.withheld += len(data)
            await self._open.wait()
        wait = self.delay_s + (len(data) / self.bytes_per_s if self.bytes_per_s else 0.0)
        if wait:
            self.toll.delayed += 1
            await asyncio.sleep(wait)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close without a farewell: the other side sees a reset, as of a machine that vanished."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
