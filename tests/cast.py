"""The people of the tests, and the small worlds that they live in.

Ada owns the community and plans; Ben is an admin and counts costs; Cleo moderates; Edda is from
Akureyri; Finn is new and in no room yet. Dov is always the outsider: signed in, but elsewhere.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from schema.foundation import FirstPerson, FirstRoom, Foundation, NewCommunity
from schema.rpc import Import, OldMessage, RoomFacts, Vitals
from schema.wire import Person as Author
from tests.person import Person
from tests.place import Place, eventually
from tests.platform import Platform

CAST = {
    "ada": ("Ada Solberg", "owner"),
    "ben": ("Ben Okafor", "admin"),
    "cleo": ("Cleo Marchetti", "moderator"),
    "edda": ("Edda Jónsdóttir", "member"),
    "finn": ("Finn Aasen", "member"),
}


@dataclass
class World:
    """A community of our cast with a public room and a private one, and Dov's community elsewhere.

    `commons` is public: Ada, Ben, Cleo and Edda are in it. `board` is private: Ada and Ben.
    """

    here: Place
    elsewhere: Place
    commons: str
    board: str
    far_room: str
    windows: list[Person]
    ada: Person
    ben: Person
    cleo: Person
    edda: Person
    finn: Person
    dov: Person

    @property
    def platform(self) -> Platform:
        return self.here.platform

    def window(self, person: Person) -> Person:
        """One more window of somebody; it closes with the world."""
        self.windows.append(person.at_another_window())
        return self.windows[-1]

    async def vitals(self, room: str) -> Vitals:
        """How a room's object is. Asking wakes it."""
        answer = await self.here.asks("GET", f"/api/local/rooms/{room}/vitals")
        assert answer.status_code == 200, answer.text
        return Vitals.model_validate_json(answer.content)

    async def imports(
        self, room: str, author: Person, contents: list[str], mark: str = "old"
    ) -> int:
        """Fill a room with messages of the past, a minute apart; the seq of its newest."""
        said = [
            OldMessage(
                author=Author(id=author.id, name=author.name),
                ref=f"{mark}-{number}",
                content=content,
                created_at=1_795_000_000_000 + number * 60_000,
            )
            for number, content in enumerate(contents)
        ]
        facts = RoomFacts(
            id=room, name=room, description="", community_id=self.here.community_id, settings={}
        )
        body = Import(room=facts, messages=said).model_dump(exclude_defaults=True)
        path = f"/api/local/rooms/{room}/messages"
        answer = await self.here.asks("POST", path, json=body)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["head_seq"])

    async def copied(self, room: str, messages: int) -> list[dict[str, Any]]:
        """The room's rows of D1 `chat_messages`, oldest first, once there are so many."""
        sql = "SELECT * FROM chat_messages WHERE room_id = ? ORDER BY metadata ->> 'seq'"

        def rows() -> list[dict[str, Any]]:
            found = self.platform.rows(sql, room)
            return found if len(found) >= messages else []

        return await eventually(rows, f"D1 has {messages} messages of {room}", within=20)


@asynccontextmanager
async def a_world(platform: Platform) -> AsyncIterator[World]:
    """A fresh world on domains of its own, so that no test meets another."""
    mark = secrets.token_hex(5)
    async with httpx.AsyncClient(base_url=platform.url, timeout=30, trust_env=False) as client:
        here = Place(platform, client, f"home-{mark}", f"chat.{mark}.localhost")
        elsewhere = Place(platform, client, f"far-{mark}", f"far.{mark}.localhost")
        people = {key: Person(here, f"{key}-{mark}", name) for key, (name, _) in CAST.items()}
        dov = Person(elsewhere, f"dov-{mark}", "Dov Adler")
        commons, board, far = f"commons-{mark}", f"board-{mark}", f"harbour-{mark}"
        ids = [people[key].id for key in ("ada", "ben", "cleo", "edda")]
        await _found(
            here,
            [first(person, CAST[key][1]) for key, person in people.items()],
            FirstRoom(id=commons, name="Commons", members=ids),
            FirstRoom(id=board, name="Board", settings={"visibility": "private"}, members=ids[:2]),
        )
        await _found(
            elsewhere, [first(dov, "owner")], FirstRoom(id=far, name="Harbour", members=[dov.id])
        )
        everybody = [*people.values(), dov]
        world = World(here, elsewhere, commons, board, far, everybody, dov=dov, **people)
        try:
            yield world
        finally:
            await asyncio.gather(*[window.loses_connection() for window in world.windows])


def first(person: Person, role: str) -> FirstPerson:
    return FirstPerson(id=person.id, email=f"{person.id}@example.org", name=person.name, role=role)


async def _found(place: Place, people: list[FirstPerson], *rooms: FirstRoom) -> None:
    foundation = Foundation(
        community=NewCommunity(id=place.community_id, slug=place.community_id, name="Home"),
        domains=[place.domain],
        people=people,
        rooms=list(rooms),
    )
    body = foundation.model_dump()
    answer = await place.asks("POST", "/api/local/foundations", json=body)
    assert answer.status_code == 201, answer.text
