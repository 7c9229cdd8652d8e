"""Communities of our own with random names, so that tests share nothing."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.conformance.client import Client

LETTERS = 12


@dataclass
class Community:
    """A founded community: its people by role, its rooms by name."""

    front: Client
    config: dict[str, Any]
    mark: str
    people: dict[str, str]
    rooms: dict[str, str]
    clients: dict[str, Client] = field(default_factory=dict)

    def email(self, name: str) -> str:
        return f"{name}.{self.mark}@conformance.example"

    async def client(self, name: str) -> Client:
        """One of its people, signed in with one click."""
        if name not in self.clients:
            self.clients[name] = await self.front.stranger().clicks(self.people[name])
        return self.clients[name]

    async def anew(self, name: str) -> Client:
        """One of its people with a session of their own. The one that was kept may end by what
        they ask: it is made anew when it is asked for."""
        self.clients.pop(name, None)
        return await self.front.stranger().clicks(self.people[name])


def foundation(mark: str, people: dict[str, str | None], rooms: list[dict[str, Any]]) -> Any:
    """The body that founds a community whose every name carries the mark."""
    return {
        "community": {"id": f"c-{mark}", "slug": f"s-{mark}", "name": f"Community {mark}"},
        "domains": [f"chat.s-{mark}.localhost"],
        "people": [
            {
                "id": f"{name}-{mark}",
                "email": f"{name}.{mark}@conformance.example",
                "name": name.capitalize(),
                "role": role,
            }
            for name, role in people.items()
        ],
        "rooms": [_room(mark, room) for room in rooms],
    }


def _room(mark: str, room: dict[str, Any]) -> dict[str, Any]:
    name = room["name"]
    members = [f"{person}-{mark}" for person in room.get("members", [])]
    settings = room.get("settings", {})
    return {"id": f"{name}-{mark}", "name": name, "settings": settings, "members": members}


def new_mark() -> str:
    return uuid.uuid4().hex[:LETTERS]


PEOPLE: dict[str, str | None] = {"ada": "owner", "ben": "member", "cleo": "member", "gus": "guest"}
ROOMS: list[dict[str, Any]] = [
    {"name": "quay", "settings": {"visibility": "public"}, "members": ["ada", "ben"]},
    {"name": "cabin", "settings": {"visibility": "private"}, "members": ["ada", "ben"]},
]


async def found(
    http: httpx.AsyncClient,
    people: dict[str, str | None] | None = None,
    rooms: list[dict[str, Any]] | None = None,
    **more: Any,
) -> Community:
    """Found a community: if not told else, Ada's, with Ben, Cleo and the guest Gus in it. `more`
    is said of the community itself."""
    mark = new_mark()
    chosen = PEOPLE if people is None else people
    body = foundation(mark, chosen, ROOMS if rooms is None else rooms)
    body["community"] |= more
    anywhere = Client(http, body["domains"][0])
    config = await anywhere.posts("/api/local/foundations", body)
    ids = {name: f"{name}-{mark}" for name in chosen}
    names = {room["name"]: room["id"] for room in body["rooms"]}
    return Community(anywhere, config, mark, ids, names)
