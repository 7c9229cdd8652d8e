"""Somebody who goes through a plan on a bad line: asks, waits, and asks again with the same ref."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

import httpx

from tests.faults.ear import Ear
from tests.faults.history import Answered, Asked, History, Outcome, Read, now
from tests.faults.house import House
from tests.faults.network import Line
from tests.faults.plan import Act

FOR_GOOD = {"join_first", "empty_message", "too_long"}
TRIES = 200
BACKOFF_S = 0.3


class Client:
    """One person at one window. `ended`: finish what waits, and begin nothing new."""

    def __init__(self, person: str, house: House, line: Line, history: History):
        self.person, self.house, self.line, self.history = person, house, line, history
        self.ear = Ear(person, house, line, history)
        self.ended = asyncio.Event()
        self.unsure: dict[str, str] = {}
        self.doubles = 0
        self.in_flight = 0
        self._minted = 0
        self._http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{line.port}", timeout=6.0, trust_env=False
        )

    async def live(self, acts: Iterable[Act]) -> None:
        """Act after act until it is over; then every membership is certain."""
        await self.ear.open(self.ear.room or self.house.rooms[0])
        for act in acts:
            if self.ended.is_set():
                break
            await self.do(act)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.ended.wait(), act.pause_s)
        for room, op in list(self.unsure.items()):
            await self.member(op, room)

    async def do(self, act: Act) -> None:
        room = self.ear.room
        match act.op:
            case "post" | "double":
                await self.post(act.op, room, 1, act.stubborn)
            case "burst":
                await self.post(act.op, room, act.count, act.stubborn)
            case "load":
                await self.load(room)
            case "read":
                await self.read(room)
            case "type":
                await self.ear.say({"type": "set_typing", "typing": True})
            case "switch":
                await self.ear.open(self.house.rooms[act.room])
            case "join" | "leave":
                await self.member(act.op, self.house.rooms[act.room])

    def mint(self) -> str:
        self._minted += 1
        return f"{self.person}-{self._minted}"

    def answered(
        self, op: str, room: str, ref: str, outcome: Outcome, seq: int | None = None, code: str = ""
    ) -> None:
        self.history.note(Answered(now(), self.person, room, op, ref, outcome, seq, code))

    # Messages

    async def post(self, op: str, room: str, count: int, stubborn: bool) -> None:
        """Post, and post again with the same refs until each is answered; else give up at once."""
        waiting = {(ref := self.mint()): f"{op} {ref}" for _ in range(count)}
        for attempt in range(1, TRIES if stubborn else 2):
            if not await self.ear.open(room):
                await asyncio.sleep(BACKOFF_S)
            elif not await self._attempt(op, room, waiting, attempt):
                return
            if self.ended.is_set() and attempt > 20:
                return

    async def _attempt(self, op: str, room: str, waiting: dict[str, str], attempt: int) -> bool:
        """Send what waits, unless the page told of it already; whether something waits still."""
        for ref in [ref for ref in waiting if ref in self.ear.acks]:
            self.answered(op, room, ref, "ok", self.ear.acks[ref])
            del waiting[ref]
        for ref, content in waiting.items():
            self.ear.refusals.pop(ref, None)
            for _ in range(2 if op == "double" else 1):
                self.history.note(Asked(now(), self.person, room, op, ref, content, attempt))
                await self.ear.say({"type": "send_message", "ref": ref, "content": content})
        self.doubles += op == "double"
        self.in_flight = len(waiting)
        await self.ear.wait(lambda: all(self._has_answer(ref) for ref in waiting))
        self.in_flight = 0
        unknown = [ref for ref in list(waiting) if self._settle(op, room, ref, waiting)]
        if unknown:
            await self.ear.hang_up()
        elif waiting:
            await asyncio.sleep(BACKOFF_S)
        return bool(waiting)

    def _has_answer(self, ref: str) -> bool:
        return ref in self.ear.acks or ref in self.ear.refusals

    def _settle(self, op: str, room: str, ref: str, waiting: dict[str, str]) -> bool:
        """Note what came back of one message; True when nothing did."""
        if ref in self.ear.acks:
            self.answered(op, room, ref, "ok", self.ear.acks[ref])
            del waiting[ref]
        elif ref in self.ear.refusals:
            code = self.ear.refusals[ref]["code"]
            self.answered(op, room, ref, "refused", code=code)
            if code in FOR_GOOD:
                del waiting[ref]
        else:
            self.answered(op, room, ref, "unknown")
            return True
        return False

    async def load(self, room: str) -> None:
        """A page of history over the socket, the one before the newest entry."""
        if not await self.ear.open(room):
            return
        ref, before = self.mint(), max(1, self.ear.last.get(room, 0))
        self.history.note(Asked(now(), self.person, room, "load", ref))
        await self.ear.say({"type": "load_history", "ref": ref, "before": before, "limit": 20})
        await self.ear.wait(lambda: ref in self.ear.pages or self._has_answer(ref))
        if ref in self.ear.pages:
            self.answered("load", room, ref, "ok")
        else:
            self.answered("load", room, ref, "refused" if self._has_answer(ref) else "unknown")

    # Over HTTP

    async def asks(self, method: str, path: str) -> httpx.Response | None:
        """The answer; None when the line broke or nothing came in time."""
        port = self.house.platform.port
        headers = {"host": f"{self.house.domain}:{port}", "cookie": self.ear.cookie}
        try:
            return await self._http.request(method, path, headers=headers)
        except httpx.HTTPError:
            return None

    async def read(self, room: str) -> None:
        """The latest page over HTTP."""
        ref = self.mint()
        self.history.note(Asked(now(), self.person, room, "read", ref))
        answer = await self.asks("GET", f"/api/rooms/{room}/messages?limit=30")
        if answer is not None and answer.status_code == 200:
            self.history.note(Read(now(), self.person, room, answer.json()["events"]))
        self._note_http("read", room, ref, answer)

    async def member(self, op: str, room: str) -> None:
        """Join or leave, again and again until the answer is certain."""
        self.unsure[room] = op
        for attempt in range(1, TRIES):
            ref = self.mint()
            self.history.note(Asked(now(), self.person, room, op, ref, attempt=attempt))
            answer = await self.asks("POST", f"/api/rooms/{room}/{op}")
            self._note_http(op, room, ref, answer)
            if answer is not None and answer.status_code < 500:
                del self.unsure[room]
                return
            if self.ended.is_set() and attempt > 20:
                return
            await asyncio.sleep(BACKOFF_S)

    def _note_http(self, op: str, room: str, ref: str, answer: httpx.Response | None) -> None:
        if answer is None:
            self.answered(op, room, ref, "unknown")
        elif answer.is_success:
            self.answered(op, room, ref, "ok")
        else:
            kind = answer.headers.get("content-type", "")
            code = answer.json()["code"] if "json" in kind else f"HTTP {answer.status_code}"
            self.answered(op, room, ref, "refused", code=code)

    # In the end

    async def comes_back(self, room: str) -> bool:
        """Have a room open once all is well again; several tries are fair."""
        for _ in range(20):
            if await self.ear.open(room):
                return True
            await asyncio.sleep(BACKOFF_S)
        return False

    async def goes(self) -> None:
        await self.ear.hang_up()
        await self._http.aclose()
