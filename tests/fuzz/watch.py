"""Somebody at another window of a room that is under fire: does it live, and how quickly?"""

import asyncio
import re
import time
from dataclasses import dataclass, field

from tests.fuzz.ledger import Wrong
from tests.person import Person
from tests.raw_socket import Line, opens

POSTED = re.compile(rb'"type":"message_posted","seq":(\d+),"ref":"([^"]*)"')
CHECKPOINT = re.compile(rb'\{"type":"checkpoint","number":(\d+)\}')
PATIENCE_S = 10.0


@dataclass
class Watcher:
    """Posts now and then, times the acknowledgement, and counts every seq that it hears of."""

    person: Person
    room: str
    seq: int = 0
    took_ms: list[float] = field(default_factory=list)
    broken: str = ""
    _line: Line | None = None
    _reader: asyncio.Task[None] | None = None
    _acknowledged: dict[bytes, asyncio.Event] = field(default_factory=dict)

    async def opens(self) -> None:
        self._line = await opens(self.person, self.room)
        self._reader = asyncio.create_task(self._look(self._line))

    async def _look(self, line: Line) -> None:
        while line.closed is None:
            await line.read()
            for frame in line.frames:
                self._hear(frame.payload, line)
            line.frames.clear()

    def _hear(self, words: bytes, line: Line) -> None:
        """Quotation marks inside a message are escaped, so a pattern finds events alone."""
        for found in POSTED.finditer(words):
            if int(found[1]) != self.seq + 1 and not self.broken:
                self.broken = f"{self.person.name} heard {found[1]!r} after {self.seq}"
            self.seq = int(found[1])
            if found[2] in self._acknowledged:
                self._acknowledged[found[2]].set()
        for found in CHECKPOINT.finditer(words):
            line.sends(b'{"type":"reach_checkpoint","number":%s}' % found[1])

    async def posts(self) -> None:
        """Post, and keep how long it took until it came back."""
        assert self._line is not None
        ref = f"watch-{len(self.took_ms)}"
        heard = self._acknowledged[ref.encode()] = asyncio.Event()
        began = time.perf_counter()
        self._line.sends(f'{{"type":"send_message","ref":"{ref}","content":"I watch."}}')
        try:
            await asyncio.wait_for(heard.wait(), PATIENCE_S)
        except TimeoutError:
            raise Wrong(f"{self.person.name} had no acknowledgement of {ref}") from None
        self.took_ms.append((time.perf_counter() - began) * 1_000)

    def check(self) -> None:
        """The line is open, and heard everything in order."""
        assert self._line is not None
        if self._line.closed is not None:
            raise Wrong(f"{self.person.name} was closed with {self._line.closed}")
        if self.broken:
            raise Wrong(self.broken)
        if self._reader is not None and self._reader.done():
            self._reader.result()

    async def ends(self) -> None:
        if self._line is not None and self._reader is not None:
            await self._line.ends()
            await self._reader
