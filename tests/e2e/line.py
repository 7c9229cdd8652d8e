"""A line to the platform that a test can hold or cut. Pages get through it either way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HEAD_END = b"\r\n\r\n"
PIECE = 65_536


class Line:
    """TCP from a port of our own to the platform's. `hold` and `cut` concern rooms' sockets only:
    held, what goes in stays in; cut, they are gone and new ones are refused."""

    def __init__(self, platform_port: int):
        self.port = 0
        self.refused = 0
        self._platform_port = platform_port
        self._is_cut = False
        self._flows = asyncio.Event()
        self._flows.set()
        self._carriers: set[asyncio.Task[None]] = set()
        self._sockets: set[asyncio.StreamWriter] = set()

    def hold(self) -> None:
        self._flows.clear()

    def release(self) -> None:
        self._flows.set()

    def cut(self) -> None:
        self._is_cut = True
        for end in self._sockets:
            end.transport.abort()

    def mend(self) -> None:
        self._is_cut = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first request to its end."""
        task = asyncio.current_task()
        assert task is not None
        self._carriers.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._carry(reader, writer)
        finally:
            self._carriers.discard(task)
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(HEAD_END)
        is_socket = b"\r\nupgrade: websocket\r\n" in head.lower()
        if is_socket and self._is_cut:
            self.refused += 1
            return
        back, forth = await asyncio.open_connection("127.0.0.1", self._platform_port)
        forth.write(head)
        mine = {writer, forth} if is_socket else set()
        self._sockets |= mine
        try:
            await asyncio.wait(
                {
                    asyncio.create_task(self._pump(reader, forth, is_socket)),
                    asyncio.create_task(self._pump(back, writer, is_socket)),
                },
                return_when=asyncio.ALL_COMPLETED,
            )
        finally:
            self._sockets -= mine
            forth.close()

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, is_socket: bool
    ) -> None:
        """Carry bytes one way until an end is reached; then the other way ends too."""
        with suppress(OSError):
            while piece := await source.read(PIECE):
                if is_socket:
                    await self._flows.wait()
                sink.write(piece)
                await sink.drain()
        sink.close()

    async def close(self) -> None:
        self.release()
        for task in self._carriers:
            task.cancel()
        await asyncio.gather(*self._carriers, return_exceptions=True)


@asynccontextmanager
async def a_line(platform_port: int) -> AsyncIterator[Line]:
    line = Line(platform_port)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    async with server:
        yield line
        await line.close()
