"""One client's socket to a room: opened through its bad line, everything that it hears noted."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.protocol import State

from schema import wire
from tests.faults.history import Closed, Heard, History, Opened, now
from tests.faults.house import House
from tests.faults.network import Line
from tests.faults.views import logged

PATIENCE_S = 4.0


class Ear:
    """What a client hears: acknowledgements and refusals by ref, and how far it knows each room."""

    def __init__(self, person: str, house: House, line: Line, history: History):
        self.person, self.house, self.line, self.history = person, house, line, history
        self.cookie = ""
        self.room = ""
        self.last: dict[str, int] = {}
        self.acks: dict[str, int] = {}
        self.refusals: dict[str, dict[str, Any]] = {}
        self.pages: set[str] = set()
        self.news = asyncio.Event()
        self._greeted = False
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return self._socket is not None and self._socket.state is State.OPEN and self._greeted

    async def open(self, room: str) -> bool:
        """Have this room open, with what was missed; False when the line or the room says no."""
        if self.room == room and self.is_open:
            return True
        await self.hang_up()
        self.room, self._greeted = room, False
        after = self.last.get(room)
        try:
            async with asyncio.timeout(PATIENCE_S):
                self._socket = await self._connect(room, after)
                connection = self.history.next_connection()
                self.history.note(Opened(now(), self.person, room, connection, after))
                self._reader = asyncio.create_task(self._listen(self._socket, room, connection))
                await self.wait(lambda: self._greeted or not self._alive())
        except (OSError, EOFError, TimeoutError, WebSocketException):
            pass
        if not self.is_open:
            await self.hang_up()
        return self.is_open

    async def _connect(self, room: str, after: int | None) -> ClientConnection:
        query = "" if after is None else f"?after={after}"
        return await connect(
            f"ws://{self.house.domain}:{self.house.platform.port}/api/rooms/{room}/socket{query}",
            host="127.0.0.1",
            port=self.line.port,
            additional_headers={"cookie": self.cookie},
            compression=None,
            ping_interval=None,
            max_size=None,
            close_timeout=1,
            proxy=None,
        )

    async def hang_up(self) -> None:
        """Gone without a farewell."""
        if self._socket is not None:
            self._socket.transport.abort()
        if self._reader is not None:
            await self._reader
        self._socket = self._reader = None

    async def say(self, command: dict[str, Any]) -> bool:
        """Send a frame; False when the line is broken already."""
        if self._socket is None:
            return False
        with suppress(ConnectionClosed, TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await self._socket.send(json.dumps(command))
                return True
        return False

    async def wait(self, fact: Any, within: float = PATIENCE_S) -> None:
        """Until something is so, the socket is gone, or patience ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not fact() and self._alive():
                    self.news.clear()
                    await self.news.wait()

    def _alive(self) -> bool:
        return self._socket is not None and self._socket.state is State.OPEN

    async def _listen(self, socket: ClientConnection, room: str, connection: int) -> None:
        try:
            async for text in socket:
                wire.ServerFrame.model_validate_json(text)
                for event in json.loads(text)["events"]:
                    self.history.note(Heard(now(), self.person, room, connection, event))
                    self._hear(room, event)
                self.news.set()
        except ConnectionClosed:
            pass
        finally:
            code = socket.close_code or 1006
            self.history.note(Closed(now(), self.person, room, connection, code))
            self.news.set()

    def _hear(self, room: str, event: dict[str, Any]) -> None:
        for entry in logged(event):
            if entry["seq"] == self.last.get(room, -1) + 1:
                self.last[room] = entry["seq"]
            if entry["type"] == "message_posted" and self._is_mine(entry):
                self.acks[entry["ref"]] = entry["seq"]
        match event["type"]:
            case "welcome":
                if not event["resumed"]:
                    self.last[room] = event["head_seq"]
            case "history_loaded":
                self._greeted = self._greeted or event["ref"] is None
                self.pages.add(event["ref"] or "")
            case "refused":
                self.refusals[event["ref"] or ""] = event

    def _is_mine(self, entry: dict[str, Any]) -> bool:
        return bool(entry["message"]["author"]["id"] == self.person)
