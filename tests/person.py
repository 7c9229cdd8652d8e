"""Somebody in a test: they act, and they look until they see what they expect."""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.protocol import State

from schema import wire
from schema.http import LogPage, Problem
from tests.place import PATIENCE_S, Place, eventually, refused
from tests.sight import Expected, Named, sees_page, sees_ref

E = TypeVar("E")
LOGGED = (wire.MessagePosted, wire.MemberJoined, wire.MemberLeft, wire.MessageWithheld)


class Person(Named):
    """Somebody at one window: what they do, and what they see of the room that is open there."""

    def __init__(self, place: Place, person_id: str, name: str):
        self.place = place
        self.id = person_id
        self.name = name
        self.cookie = ""
        self.seen: list[wire.Event] = []
        self.closed: int | None = None
        self.room = ""
        self._broken: BaseException | None = None
        self._news = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None

    def at_another_window(self) -> "Person":
        """The same person with one more window."""
        other = Person(self.place, self.id, self.name)
        other.cookie = self.cookie
        return other

    def visiting(self, place: Place) -> "Person":
        """The same person, with the same cookie, at another community's host."""
        visitor = self.at_another_window()
        visitor.place = place
        return visitor

    async def signs_in(self) -> None:
        if not self.cookie:
            body = {"person_id": self.id}
            answer = await self.place.asks("POST", "/api/local/sign-in", json=body)
            assert answer.status_code == 200, answer.text
            self.cookie = answer.headers["set-cookie"].split(";")[0]

    # Over HTTP

    async def asks(self, method: str, path: str, **how: Any) -> httpx.Response:
        """A request of this person. The cookie goes by hand: it is `Secure`, and this is http."""
        await self.signs_in()
        headers = {"cookie": self.cookie, **how.pop("headers", {})}
        return await self.place.asks(method, path, headers=headers, **how)

    async def gets(self, path: str, **query: Any) -> Any:
        answer = await self.asks("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def reads(self, room: str, **query: Any) -> LogPage:
        """A page of a room's log over HTTP."""
        return LogPage.model_validate(await self.gets(f"/api/rooms/{room}/messages", **query))

    # In a room

    async def opens(self, room: str, after: int | str | None = None, **headers: str) -> None:
        """Open a room in this window, and see its welcome and first page."""
        self._socket = await self._connects(room, after, headers)
        self.room, self.seen, self.closed, self._broken = room, [], None, None
        self._reader = asyncio.create_task(self._look(self._socket))
        await self.until(sees_page(None))

    async def is_turned_away(
        self, room: str, after: int | str | None = None, **headers: str
    ) -> Problem:
        """Try to open a room; the refusal at its door."""
        try:
            socket = await self._connects(room, after, headers)
        except InvalidStatus as no:
            answer = no.response
            body, named = bytes(answer.body), list(answer.headers.raw_items())
            return refused(httpx.Response(answer.status_code, headers=named, content=body))
        await socket.close()
        raise AssertionError(f"{self.name} was let into {room}")

    async def _connects(
        self, room: str, after: int | str | None, headers: dict[str, str]
    ) -> ClientConnection:
        await self.signs_in()
        query = "" if after is None else f"?after={after}"
        return await connect(
            f"ws://{self.place.host}/api/rooms/{room}/socket{query}",
            host="127.0.0.1",
            port=self.place.platform.port,
            additional_headers={"cookie": self.cookie, **headers},
            compression=None,
            ping_interval=None,
            max_size=None,
            close_timeout=1,
            proxy=None,
        )

    async def _look(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                self.seen += wire.ServerFrame.model_validate_json(text).events
                self._news.set()
        except ConnectionClosed:
            pass
        except Exception as broken:
            self._broken = broken
        finally:
            self.closed = socket.close_code or 1006
            self._news.set()

    async def until(self, expected: Expected[E], within: float = PATIENCE_S) -> E:
        """Wait until this window shows something. A failure tells all that it did show."""
        await self._waits(lambda: expected.first(self.seen) is not None, within)
        found = expected.first(self.seen)
        if found is None:
            raise AssertionError(f"{self.name} did not see {expected.what}, but {self.sights()}")
        return found

    async def until_closed(self, within: float = PATIENCE_S) -> int:
        """The code with which the server closes this window."""
        socket, reader = self._socket, self._reader
        assert socket is not None and reader is not None, f"{self.name} has no room open"
        try:
            await eventually(lambda: socket.state is not State.OPEN, "shown out", within)
        except AssertionError:
            raise AssertionError(f"{self.name} was not shown out and saw {self.sights()}") from None
        await socket.close()  # as a browser does: the server has a second, then the line is cut
        await reader
        assert self.closed is not None
        return self.closed

    async def _waits(self, fact: Callable[[], bool], within: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not fact() and self.closed is None:
                    self._news.clear()
                    await self._news.wait()
        if self._broken:
            raise AssertionError(f"{self.name} saw a frame that is none") from self._broken

    def sights(self) -> str:
        """The newest of what this window showed, for a failure."""
        newest = [str(event)[:300] for event in self.seen[-20:]]
        state = "open" if self.closed is None else f"closed with {self.closed}"
        return "\n  ".join([f"{len(self.seen)} events, the last of them (it is {state}):", *newest])

    def forgets(self) -> None:
        """Let go of what was seen, so that what is seen from here on is new."""
        self.seen = []

    def all(self, kind: type[E]) -> list[E]:
        """Everything of a kind that this window showed, in order."""
        return [event for event in self.seen if isinstance(event, kind)]

    def log(self) -> list[wire.LoggedEvent]:
        """The log as this window has it: pages and live events, in the order they came."""
        logged: list[wire.LoggedEvent] = []
        for event in self.seen:
            logged += event.events if isinstance(event, wire.HistoryLoaded) else []
            logged += [event] if isinstance(event, LOGGED) else []
        return logged

    async def says_frame(self, raw: str | bytes, text: bool | None = None) -> None:
        assert self._socket is not None, f"{self.name} has no room open"
        await self._socket.send(raw, text=text)

    async def says(self, **command: Any) -> None:
        await self.says_frame(json.dumps(command))

    async def posts(self, content: str, ref: str | None = None) -> wire.MessagePosted:
        """Post, and wait for the acknowledgement."""
        ref = ref or secrets.token_urlsafe(9)
        await self.says(type="send_message", ref=ref, content=content)
        return await self.until(sees_ref(ref, self))

    async def loads(self, **which: int) -> wire.HistoryLoaded:
        """A page of history over the socket."""
        ref = secrets.token_urlsafe(9)
        await self.says(type="load_history", ref=ref, **which)
        return await self.until(sees_page(ref))

    async def types(self, typing: bool = True) -> None:
        await self.says(type="set_typing", typing=typing)

    async def loses_connection(self) -> None:
        """The line is cut: no close frame, just gone."""
        if self._socket is not None and self._reader is not None:
            self._socket.transport.abort()
            await self._reader
            self._socket = None

    async def comes_back(self, after: int | None = None) -> None:
        """Open the same room again, with the last seq that this window has seen."""
        await self.loses_connection()
        last = max((event.seq for event in self.log()), default=0)
        await self.opens(self.room, last if after is None else after)

    async def closes(self) -> None:
        """Close the window, as a browser does; `closed` is how the server took it."""
        if self._socket is not None and self._reader is not None:
            await self._socket.close()
            await self._reader
            self._socket = None
