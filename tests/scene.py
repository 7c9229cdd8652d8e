"""A room with a hand-made line in it, and somebody else who shows that the room goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests import raw_socket
from tests.cast import World
from tests.raw_socket import Line, sees_page


def post(ref: str, content: str = "Hi.") -> bytes:
    return f'{{"type":"send_message","ref":"{ref}","content":"{content}"}}'.encode()


def padded(ref: str, size: int) -> bytes:
    """A post of exactly so many bytes: white space behind it counts."""
    return post(ref).ljust(size)


@dataclass
class Scene:
    """Ada's line by hand, and Ben at an ordinary window of the same room."""

    world: World
    ada: Line

    async def another_line(self, extra: str = "") -> Line:
        """One more line of Ada; `extra` header lines open it."""
        return await opened(self.world, extra)

    async def goes_on(self, line: Line | None = None) -> None:
        """Ben posts, is acknowledged, and a line of Ada shows it if one is named."""
        posted = await self.world.ben.posts("Go on.")
        assert self.world.ben.closed is None
        if line is not None:
            assert (await line.posted(posted.ref)).message.content == "Go on."


async def opened(world: World, extra: str = "") -> Line:
    """Ada's line into the commons, with its first page seen."""
    line = await raw_socket.opens(world.ada, world.commons, extra)
    await sees_page(line)
    return line


@asynccontextmanager
async def a_scene(world: World) -> AsyncIterator[Scene]:
    """Both are there, and Ada has posted; afterwards the room's object is still the same one."""
    await world.ben.opens(world.commons)
    line = await opened(world)
    line.sends(post("legal"))
    await line.posted("legal")
    before = (await world.vitals(world.commons)).incarnation
    try:
        yield Scene(world, line)
    finally:
        await line.ends()
    assert (await world.vitals(world.commons)).incarnation == before
