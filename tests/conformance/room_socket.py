"""A room's socket, which holds every frame and their order to the document."""

import asyncio
import contextlib
import json
import time
import uuid
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from tests.conformance import document
from tests.conformance.shape import must_be
from tests.conformance.witness import met

PATIENCE_S = 5.0
LOG = ("message_posted", "member_joined", "member_left", "message_withheld")
Event = dict[str, Any]
OPEN: list["RoomSocket"] = []


class RoomSocket:
    """An open socket: sends commands, reads events one by one, keeps the log by the rules."""

    def __init__(self, line: ClientConnection, room_id: str, me: str, after: int | None):
        self.line, self.room_id, self.me, self.after = line, room_id, me, after
        self.welcome: Event = {}
        self.page: Event = {}
        self.too_far: Event | None = None
        self.last_seq = 0
        self.doubles = 0
        self.sent_bytes = 0
        self.answers_checkpoints = True
        self._waiting: list[Event] = []
        OPEN.append(self)

    async def begins(self) -> "RoomSocket":
        """Read the first frame and hold it to its chapter."""
        events = await self.frame()
        self.page = events[-1]
        kinds = [event["type"] for event in events]
        far = ["too_far_behind"] if "too_far_behind" in kinds else []
        assert kinds == ["welcome", *far, "history_loaded"], kinds
        self.too_far = events[1] if far else None
        assert self.page["ref"] is None
        seqs = [event["seq"] for event in self.page["events"]]
        head = self.welcome["head_seq"]
        if self.welcome["resumed"]:
            assert self.after is not None
            assert seqs == list(range(self.after + 1, head + 1)), (self.after, head, seqs)
        else:
            assert self.after is None or self.too_far, "an `after` within reach was not resumed"
            shown = min(head, document.number("PAGE"))
            assert len(seqs) <= shown and seqs == list(range(head - len(seqs) + 1, head + 1))
        assert self.me in [person["id"] for person in self.welcome["present"]]
        assert self.welcome["room"]["id"] == self.room_id
        assert self.welcome["you"]["id"] == self.me
        return self

    async def frame(self, within: float = PATIENCE_S) -> list[Event]:
        """The next frame's events."""
        text = await asyncio.wait_for(self.line.recv(), within)
        assert isinstance(text, str), "a binary frame"
        self.sent_bytes += len(text.encode())
        events: list[Event] = must_be("ServerFrame", json.loads(text))["events"]
        assert events, "a frame without an event"
        for event in events:
            self._take(event)
            if event["type"] == "checkpoint" and self.answers_checkpoints:
                await self.sends("reach_checkpoint", number=event["number"])
        return events

    def _take(self, event: Event) -> None:
        met(f"event {event['type']}")
        if not self.welcome:
            assert event["type"] == "welcome", "the server speaks first, and says welcome"
            self.welcome = event
            self.last_seq = event["head_seq"]
        elif event["type"] == "welcome":
            assert not event["resumed"], "an open socket has nothing to resume"
            self.welcome = event
        if event["type"] == "refused":
            assert event["code"] in document.REFUSALS and event["detail"], event
            met(f"refusal {event['code']}")
        if event["type"] == "history_loaded":
            met(*(f"event {each['type']}" for each in event["events"]))
            seqs = [each["seq"] for each in event["events"]]
            assert seqs == sorted(set(seqs)), "a page is not oldest first"
        if event["type"] in LOG:
            self._log(event)

    def _log(self, event: Event) -> None:
        """The order of the log: the next one, or a double, never a gap."""
        assert event["seq"] <= self.last_seq + 1, f"a gap: {event['seq']} after {self.last_seq}"
        self.doubles += event["seq"] <= self.last_seq
        self.last_seq = max(self.last_seq, event["seq"])

    async def next(self, within: float = PATIENCE_S) -> Event:
        """The next event, whatever it is."""
        while not self._waiting:
            self._waiting = await self.frame(within)
        return self._waiting.pop(0)

    async def until(self, kind: str, within: float = PATIENCE_S, **facts: Any) -> Event:
        """The next event of that type with these fields; the others before it are passed over."""
        end = time.monotonic() + within
        while (left := end - time.monotonic()) > 0:
            event = await self.next(left)
            if event["type"] == kind and facts.items() <= event.items():
                return event
        raise AssertionError(f"No {kind} {facts} in {within} s")

    async def heard_until(self, kind: str, **facts: Any) -> list[Event]:
        """All events up to that one, it included."""
        heard = [await self.next()]
        while not (heard[-1]["type"] == kind and facts.items() <= heard[-1].items()):
            heard.append(await self.next())
        return heard

    async def sends(self, kind: str, **fields: Any) -> None:
        """One command in one text frame, held to the document before it goes."""
        assert kind in document.COMMANDS, f"The document has no command {kind}"
        command = must_be(document.COMMANDS[kind], {"type": kind, **fields})
        met(f"command {kind}")
        await self.line.send(json.dumps(command, ensure_ascii=False))

    async def says(self, content: str, ref: str | None = None) -> Event:
        """Send a message and wait until it is stored; the event that says so."""
        ref = ref or str(uuid.uuid4())
        await self.sends("send_message", ref=ref, content=content)
        while True:
            event = await self.next()
            if event["type"] == "refused" and event["ref"] in (ref, None):
                raise AssertionError(f"Refused: {event}")
            if event["type"] == "message_posted" and self._is_mine(event, ref):
                return event

    def _is_mine(self, event: Event, ref: str) -> bool:
        return bool(event["message"]["author"]["id"] == self.me and event["ref"] == ref)

    async def is_refused(self, code: str, frame: str | bytes | Event) -> Event:
        """Send whatever it is; the refusal that must answer, with that code."""
        raw = json.dumps(frame, ensure_ascii=False) if isinstance(frame, dict) else frame
        await self.line.send(raw)
        event = await self.until("refused")
        assert event["code"] == code, f"{event}, not {code}"
        return event

    async def history(self, **fields: Any) -> Event:
        """A page of the log."""
        ref = str(uuid.uuid4())
        await self.sends("load_history", ref=ref, **fields)
        return await self.until("history_loaded", ref=ref)

    async def pings(self) -> list[Event]:
        """All that came before the answer to a ping, without the answer."""
        await self.line.send(document.NUMBERS["PING"])
        return (await self.heard_until("pong"))[:-1]

    async def closed(self, within: float = PATIENCE_S) -> tuple[int | None, str]:
        """The code and the reason when the server closes; its frame counts, not its hanging up."""
        end = time.monotonic() + within
        while self.line.state is State.OPEN and time.monotonic() < end:
            with contextlib.suppress(TimeoutError, ConnectionClosed):
                await self.frame(0.05)
        assert self.line.state is not State.OPEN, "The socket stayed open"
        await self.line.close()
        met(f"close {self.line.close_code}")
        return self.line.close_code, self.line.close_reason or ""

    async def close(self) -> None:
        await self.line.close()


async def close_all() -> None:
    """Close what a test left open."""
    while OPEN:
        await OPEN.pop().close()
