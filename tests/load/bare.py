"""The bare room of tests/load/peers: the same workerd, and no features."""

import asyncio

import orjson
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from tests.load.target import Door, Heard, Plan


class Bare:
    """A `Target`: rooms are names, people are nobody."""

    name = "bare"

    def __init__(self, port: int, pid: int):
        self.port = port
        self.pid = pid
        self.mark = ""

    async def prepare(self, plan: Plan) -> None:
        """Rooms come into being when somebody enters them."""
        self.mark = plan.mark

    async def fill(self, room: int, messages: int) -> None:
        """Post them, one after another: it has no other door."""
        door, teller = self.door(0, room, 0), Teller()
        transport, _ = await ws_connect(lambda: teller, door.url)
        for number in range(messages):
            transport.send(WSMsgType.TEXT, self.encode(f"old-{number}", "It was a while ago."))
        async with asyncio.timeout(30):
            await teller.has_heard(messages + 1)
        transport.disconnect(graceful=False)

    def door(self, person: int, room: int, after: int | None) -> Door:
        query = "" if after is None else f"?after={after}"
        return Door(f"ws://127.0.0.1:{self.port}/{self.mark}-{room}{query}", {})

    def encode(self, ref: str, content: str) -> bytes:
        return orjson.dumps({"ref": ref, "content": content})

    def ask_page(self, ref: str, before: int) -> bytes:
        raise NotImplementedError("the bare room has no pages")

    async def check_unread(self, person: int) -> None:
        raise NotImplementedError("the bare room has one page and no list")

    def decode(self, payload: bytes) -> Heard:
        frame = orjson.loads(payload)
        if "seq" in frame:
            return Heard(entries=[(frame["ref"], frame["seq"])])
        page = [(entry["ref"], entry["seq"]) for entry in frame["page"]]
        return Heard(entries=page, head=frame["head"], resumed=True)


class Teller(WSListener):
    """Counts frames."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        self.news = asyncio.Event()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        self.heard += 1
        self.news.set()

    async def has_heard(self, frames: int) -> None:
        """Wait until so many have come."""
        while self.heard < frames:
            self.news.clear()
            await self.news.wait()
