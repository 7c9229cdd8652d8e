"""The platform, by its own front door: a community is founded, people sign in, sockets open."""

import asyncio
from typing import Any

import httpx
import orjson

from tests.load.target import Door, Heard, Plan

AT_ONCE = 4
LOGGED = {"message_posted", "member_joined", "member_left"}
CLOSE_PACE = {"burst": 10_000, "per_second": 10_000}


class Ours:
    """A `Target`: the four workers as `npm start` runs them."""

    name = "ours"

    def __init__(self, port: int, pid: int):
        self.port = port
        self.pid = pid
        self.mark = ""
        self.host = ""
        self.cookies: list[str] = []

    async def prepare(self, plan: Plan) -> None:
        """Found a community for the plan, and sign everybody in."""
        self.mark = plan.mark
        self.host = f"chat.{plan.mark}.localhost:{self.port}"
        async with self.client() as client:
            await done(client.post("/api/local/foundations", json=self.foundation(plan)))
            turns = asyncio.Semaphore(AT_ONCE)
            signings = [self.signs_in(client, turns, person) for person in range(plan.people)]
            self.cookies = list(await asyncio.gather(*signings))

    def client(self, person: int | None = None) -> httpx.AsyncClient:
        """Return a client at the community's host, somebody's or nobody's."""
        headers = {"host": self.host}
        if person is not None:
            headers["cookie"] = self.cookies[person]
        base = f"http://127.0.0.1:{self.port}"
        return httpx.AsyncClient(base_url=base, headers=headers, timeout=60, trust_env=False)

    def foundation(self, plan: Plan) -> dict[str, Any]:
        """Return the body that founds the plan's community."""
        people = [
            {"id": self.person(n), "email": f"{self.person(n)}@example.org", "name": f"Person {n}"}
            for n in range(plan.people)
        ]
        rooms = [
            {"id": self.room(n), "name": f"Room {n}", "members": [self.person(m) for m in members]}
            for n, members in enumerate(plan.members)
        ]
        community = {"id": self.mark, "slug": self.mark, "name": f"Load {self.mark}"}
        domains = [self.host.split(":")[0]]
        return {"community": community, "domains": domains, "people": people, "rooms": rooms}

    async def signs_in(
        self, client: httpx.AsyncClient, turns: asyncio.Semaphore, person: int
    ) -> str:
        """Return somebody's cookie."""
        async with turns:
            body = {"person_id": self.person(person)}
            answer = await done(client.post("/api/local/sign-in", json=body))
        cookie: str = answer.headers["set-cookie"].split(";")[0]
        return cookie

    async def fill(self, room: int, messages: int) -> None:
        """Import messages of the past."""
        author = {"id": self.person(0), "name": "Person 0"}
        past = [
            {
                "author": author,
                "ref": f"old-{number}",
                "content": "It was a while ago.",
                "created_at": 1_795_000_000_000 + number * 60_000,
            }
            for number in range(messages)
        ]
        facts: dict[str, Any] = {"id": self.room(room), "name": f"Room {room}"}
        facts |= {"description": "", "community_id": self.mark, "settings": {}}
        async with self.client() as client:
            path = f"/api/local/rooms/{self.room(room)}/messages"
            await done(client.post(path, json={"room": facts, "messages": past}))

    def person(self, number: int) -> str:
        return f"{self.mark}-p{number}"

    def room(self, number: int) -> str:
        return f"{self.mark}-r{number}"

    def door(self, person: int, room: int, after: int | None) -> Door:
        query = "" if after is None else f"?after={after}"
        url = f"ws://127.0.0.1:{self.port}/api/rooms/{self.room(room)}/socket{query}"
        return Door(url, {"Host": self.host, "Cookie": self.cookies[person]})

    def encode(self, ref: str, content: str) -> bytes:
        return orjson.dumps({"type": "send_message", "ref": ref, "content": content})

    def ask_page(self, ref: str, before: int) -> bytes:
        return orjson.dumps({"type": "load_history", "ref": ref, "before": before, "limit": 50})

    async def check_unread(self, person: int) -> None:
        """Today that is the list of rooms."""
        async with self.client(person) as client:
            await done(client.get("/api/rooms"))

    def decode(self, payload: bytes) -> Heard:
        heard = Heard()
        for event in orjson.loads(payload)["events"]:
            read(event, heard)
        return heard


def read(event: dict[str, Any], heard: Heard) -> None:
    """Add one event to what a frame says. A page that somebody asked for is an answer alone."""
    match event["type"]:
        case "welcome":
            heard.head, heard.resumed = event["head_seq"], event["resumed"]
        case "history_loaded" if event["ref"] is not None:
            heard.answers.append(event["ref"])
        case "history_loaded":
            heard.entries += [(one.get("ref"), one["seq"]) for one in event["events"]]
        case "refused":
            heard.refused.append(event["code"])
        case kind if kind in LOGGED:
            heard.entries.append((event.get("ref"), event["seq"]))


async def done(request: Any) -> httpx.Response:
    """Return the answer to a request that must succeed."""
    answer: httpx.Response = await request
    if not answer.is_success:
        raise SystemExit(f"{answer.request.url} answered {answer.status_code}: {answer.text}")
    return answer
