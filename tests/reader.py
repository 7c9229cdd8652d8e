"""Somebody at a hand-made line who reads what comes, and confirms it or does not."""

import asyncio
import time
from dataclasses import dataclass, field

from schema import wire
from tests import raw_socket
from tests.person import Person
from tests.raw_socket import Line
from tests.scene import post

LONG = "😀" * 7_900
"""A message of some 32 kB."""
PATIENCE_S = 20.0


@dataclass
class Reader:
    """Somebody who reads what comes, counts its bytes, and confirms as they are told to."""

    line: Line
    confirms: bool = True
    size: int = 0
    told: list[int] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    def begin(self) -> "Reader":
        self._task = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        while self.line.closed is None:
            await self.line.read()
            for event in self.line.events():
                self._hear(event)
            texts = [frame for frame in self.line.frames if frame.opcode == raw_socket.TEXT]
            self.size += sum(len(frame.payload) for frame in texts)
            self.line.frames = [f for f in self.line.frames if f.opcode == raw_socket.CLOSE]
            self._news.set()

    async def sees(self, ref: str) -> bool:
        """Wait for an answer with this ref; whether it came before the line was closed."""
        async with asyncio.timeout(PATIENCE_S):
            while ref not in self.refs and self.line.closed is None:
                self._news.clear()
                await self._news.wait()
        return ref in self.refs

    def _hear(self, event: wire.Event) -> None:
        if isinstance(event, wire.Checkpoint):
            self.told.append(event.number)
            if self.confirms:
                self.confirm(event.number)
        if isinstance(event, wire.MessagePosted | wire.HistoryLoaded) and event.ref:
            self.refs.add(event.ref)

    def confirm(self, number: int) -> None:
        self.line.sends(f'{{"type":"reach_checkpoint","number":{number}}}')

    async def loads_a_page(self, number: int) -> bool:
        """Ask for a large frame; whether it came before the line was closed."""
        ref = f"page-{number}"
        self.line.sends(f'{{"type":"load_history","ref":"{ref}","limit":200}}')
        return await self.sees(ref)

    async def posts(self, ref: str) -> float:
        """Post a long message; seconds until it came back."""
        began = time.monotonic()
        self.line.sends(post(ref, LONG))
        assert await self.sees(ref), self.line.closed
        return time.monotonic() - began

    async def ends(self) -> None:
        await self.line.ends()
        if self._task is not None:
            await self._task


async def reader(person: Person, room: str, confirms: bool = True) -> Reader:
    return Reader(await raw_socket.opens(person, room), confirms).begin()
