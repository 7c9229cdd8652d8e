"""The bad line does what its name says, and nothing else."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from tests.faults.network import Line

SAID = b"0123456789"


@asynccontextmanager
async def an_echo() -> AsyncIterator[Line]:
    """A line to somebody who says everything back."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(100):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    line = Line(server.sockets[0].getsockname()[1])
    await line.start()
    try:
        yield line
    finally:
        await line.stop()
        server.close()


async def says(line: Line) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    writer.write(SAID)
    return reader, writer


async def rest(reader: asyncio.StreamReader) -> bytes:
    """What comes before the line ends, however it ends."""
    found = b""
    with suppress(OSError):
        while data := await reader.read(100):
            found += data
    return found


async def test_a_good_line_passes_everything() -> None:
    async with an_echo() as line:
        reader, writer = await says(line)
        assert await reader.readexactly(len(SAID)) == SAID
        assert (line.toll.passed, line.toll.cut) == (2 * len(SAID), 0)
        writer.close()


async def test_a_cut_passes_half_and_resets() -> None:
    async with an_echo() as line:
        reader, writer = await says(line)
        await reader.readexactly(len(SAID))
        line.cut_in_frame()
        writer.write(SAID)
        assert len(await rest(reader)) < len(SAID)
        assert line.toll.cut == 1
        writer.close()
        again, closes = await says(line)
        assert await again.readexactly(len(SAID)) == SAID
        closes.close()


async def test_a_half_open_line_passes_nothing_and_closes_nothing() -> None:
    async with an_echo() as line:
        reader, writer = await says(line)
        await reader.readexactly(len(SAID))
        line.freeze()
        writer.write(SAID)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.2)
        assert line.toll.withheld == len(SAID)
        line.heal()
        assert await reader.readexactly(len(SAID)) == SAID
        writer.close()


@pytest.mark.parametrize(("delay_s", "bytes_per_s"), [(0.1, 0), (0.0, 100)])
async def test_a_slow_line_takes_its_time(delay_s: float, bytes_per_s: int) -> None:
    async with an_echo() as line:
        line.delay_s, line.bytes_per_s = delay_s, bytes_per_s
        start = time.monotonic()
        reader, writer = await says(line)
        assert await reader.readexactly(len(SAID)) == SAID
        assert time.monotonic() - start >= 0.2
        assert line.toll.delayed == 2
        writer.close()


async def test_a_line_to_nobody_is_reset() -> None:
    line = Line(1)
    await line.start()
    reader, writer = await says(line)
    assert await rest(reader) == b""
    writer.close()
    await line.stop()
