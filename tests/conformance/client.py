"""A client of the protocol, written from docs/protocol.md alone."""

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.conformance import document
from tests.conformance.answers import checked
from tests.conformance.room_socket import RoomSocket
from tests.conformance.witness import met

CLOSE_S = 0.5  # the server's close frame counts, not when it hangs up
COOKIE = "__Host-session"
BROWSER = re.compile(r"(__Host-sign-in=[^;]+); Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Lax")
SET_COOKIE = re.compile(rf"{COOKIE}=([^;]+); Path=/; Max-Age=(\d+); HttpOnly; Secure; SameSite=Lax")


class TurnedAway(Exception):
    """The upgrade of a socket was refused: with this status and problem."""

    def __init__(self, status: int, problem: dict[str, Any]):
        super().__init__(f"{status} {problem}")
        self.status = status
        self.problem = problem
        self.code = problem["code"]


@dataclass
class Client:
    """Somebody at one host: their cookie, if they have one, goes with all they ask."""

    http: httpx.AsyncClient
    domain: str
    cookie: str | None = None
    me: dict[str, Any] = field(default_factory=dict)
    browser: str | None = None

    @property
    def port(self) -> int:
        port = self.http.base_url.port
        assert port is not None
        return port

    @property
    def host(self) -> str:
        return f"{self.domain}:{self.port}"

    @property
    def id(self) -> str:
        return str(self.me["person"]["id"])

    @property
    def person(self) -> dict[str, Any]:
        return dict(self.me["person"])

    def stranger(self) -> "Client":
        """Somebody else at this host, without a session."""
        return Client(self.http, self.domain)

    def headers(self) -> dict[str, str]:
        kept = [f"{COOKIE}={self.cookie}"] if self.cookie else []
        kept += [self.browser] if self.browser else []
        return {"host": self.host, **({"cookie": "; ".join(kept)} if kept else {})}

    async def asks(self, method: str, path: str, body: Any = None, **how: Any) -> httpx.Response:
        """One request; whatever comes back was held to the document."""
        headers = self.headers() | how.pop("headers", {})
        if "content" in how:
            headers = {"content-type": "application/json"} | headers
        if body is not None:
            how["json"] = body
        answer = checked(await self.http.request(method, path, headers=headers, **how))
        if found := BROWSER.fullmatch(answer.headers.get("set-cookie", "")):
            self.browser = found[1]
        return answer

    async def gets(self, path: str, **query: Any) -> Any:
        """The body of a GET that must succeed."""
        answer = await self.asks("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def posts(self, path: str, body: Any = None) -> Any:
        """The body of a POST that must succeed; None if it has none."""
        answer = await self.asks("POST", path, body)
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def clicks(self, person_id: str) -> "Client":
        """Sign in with one click."""
        answer = await self.asks("POST", "/api/local/sign-in", {"person_id": person_id})
        assert answer.status_code == 200, answer.text
        return self.keeps(answer)

    async def signs_in(self, email: str, next_path: str = "/") -> "Client":
        """Sign in by link, the mailbox for the mail."""
        await self.posts("/api/sign-in", {"email": email, "next": next_path})
        token = await self.token(email)
        answer = await self.asks("POST", "/api/sign-in/complete", {"token": token})
        assert answer.status_code == 200, answer.text
        return self.keeps(answer)

    async def mails(self, email: str) -> list[dict[str, Any]]:
        """The mails to an address, newest first."""
        mailbox = await self.gets("/api/local/mailbox")
        return [mail for mail in mailbox["mails"] if mail["to"] == email]

    async def token(self, email: str) -> str:
        """The token of the newest link to an address."""
        newest = (await self.mails(email))[0]
        return str(parse_qs(urlsplit(newest["link"]).fragment)["token"][0])

    def keeps(self, answer: httpx.Response) -> "Client":
        """Take the session of an answer by hand, as the document shows."""
        found = SET_COOKIE.fullmatch(answer.headers["set-cookie"])
        assert found, answer.headers["set-cookie"]
        assert int(found[2]) * 1000 == document.number("SESSION_MOST_MS")
        self.cookie, self.me = found[1], answer.json()
        return self

    async def opens(
        self, room_id: str, after: int | str | None = None, early: tuple[str, ...] = (), **how: Any
    ) -> RoomSocket:
        """A room's socket whose first frame was read; `early` is sent before. Raises TurnedAway."""
        ticket = how.pop("ticket", None)
        asked = [] if after is None else [f"after={after}"]
        query = "?" + "&".join([*asked, f"ticket={ticket}"] if ticket else asked)
        uri = f"ws://{self.host}/api/rooms/{room_id}/socket{query}"
        headers = {name: value for name, value in self.headers().items() if name != "host"}
        try:
            line = await connect(
                uri,
                host="127.0.0.1",
                port=self.port,
                additional_headers=headers | how.pop("headers", {}),
                max_size=None,
                max_queue=None,
                ping_interval=None,
                close_timeout=CLOSE_S,
                proxy=None,
                **how,
            )
        except InvalidStatus as refusal:
            raise turned_away(refusal) from None
        for frame in early:
            await line.send(frame)
        resumes = int(after) if after is not None and str(after).isdecimal() else None
        return await RoomSocket(line, room_id, self.id, resumes).begins()

    async def makes_room(self, **how: Any) -> dict[str, Any]:
        """A new room of theirs, public if they do not say."""
        body = {"name": f"Room {uuid.uuid4()}"} | how
        return dict(await self.posts("/api/rooms", body))


def turned_away(refusal: InvalidStatus) -> TurnedAway:
    """The refusal of an upgrade, held to the document like any other."""
    problem = json.loads(refusal.response.body or b"")
    request = httpx.Request("GET", "http://socket/api/rooms/x/socket")
    headers = dict(refusal.response.headers.raw_items())
    status = refusal.response.status_code
    headers.pop("content-length", None)
    headers.pop("transfer-encoding", None)
    headers.pop("content-encoding", None)
    checked(httpx.Response(status, headers=headers, json=problem, request=request))
    met(f"answer GET /api/rooms/{{room_id}}/socket refuses {problem['code']}")
    return TurnedAway(status, problem)


async def together(*clients: Client, room_id: str) -> list[RoomSocket]:
    """Each opens the room, one after the other."""
    return [await client.opens(room_id) for client in clients]
