"""The world of one history: a fresh community with public rooms, and how it is asked."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx

from schema.foundation import FirstPerson, FirstRoom, Foundation, NewCommunity
from schema.rpc import Vitals
from schema.wire import PAGE_MAX
from tests.faults import truth
from tests.platform import Platform


@dataclass
class House:
    """A community of `people` on a platform. `founders` are members of every room."""

    platform: Platform
    rooms: list[str]
    people: list[str]
    founders: set[str]
    domain: str
    cookie: str = ""
    _client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=30, trust_env=False)
    )

    async def asks(self, method: str, path: str, **how: Any) -> httpx.Response:
        """A request past all the bad lines, as the first of the people."""
        headers = {"host": f"{self.domain}:{self.platform.port}", "cookie": self.cookie}
        return await self._client.request(
            method, f"{self.platform.url}{path}", headers=headers, **how
        )

    async def vitals(self, room: str) -> Vitals:
        answer = await self.asks("GET", f"/api/local/rooms/{room}/vitals")
        answer.raise_for_status()
        return Vitals.model_validate_json(answer.content)

    async def log(self, room: str) -> list[truth.Row]:
        """The whole log over HTTP, page by page."""
        found: list[truth.Row] = []
        while True:
            query = {"after": found[-1]["seq"] if found else 0, "limit": PAGE_MAX}
            answer = await self.asks("GET", f"/api/rooms/{room}/messages", params=query)
            answer.raise_for_status()
            page = answer.json()
            found += page["events"]
            if not page["has_after"]:
                return found

    async def leave(self) -> None:
        await self._client.aclose()


async def found(platform: Platform, rooms: int, people: int) -> House:
    """A fresh house on a calm platform. All but two are members of its rooms."""
    mark = secrets.token_hex(4)
    names = [f"p{number}-{mark}" for number in range(people)]
    founders = names[: people - 2]
    house = House(
        platform=platform,
        rooms=[f"room{number}-{mark}" for number in range(rooms)],
        people=names,
        founders=set(founders),
        domain=f"chat.{mark}.localhost",
    )
    body = Foundation(
        community=NewCommunity(id=f"house-{mark}", slug=f"house-{mark}", name="House"),
        domains=[house.domain],
        people=[_first(name, n) for n, name in enumerate(names)],
        rooms=[FirstRoom(id=room, name=room, members=founders) for room in house.rooms],
    )
    answer = await house.asks("POST", "/api/local/foundations", json=body.model_dump())
    answer.raise_for_status()
    house.cookie = await sign_in(house, names[0])
    return house


def _first(name: str, number: int) -> FirstPerson:
    role = "member" if number else "owner"
    return FirstPerson(id=name, email=f"{name}@example.org", name=name, role=role)


async def sign_in(house: House, person: str) -> str:
    """The cookie of somebody, as a header."""
    answer = await house.asks("POST", "/api/local/sign-in", json={"person_id": person})
    answer.raise_for_status()
    return str(answer.headers["set-cookie"]).split(";")[0]
