"""Rooms for frames to fall on, founded while a campaign runs."""

import secrets
from dataclasses import dataclass

import httpx

from schema.foundation import FirstRoom, Foundation, NewCommunity
from tests.person import Person

OPEN_PACE = {"burst": 10_000, "per_second": 10_000}


@dataclass
class Ground:
    """Founds rooms in the community of these people; for a thread of its own, so nothing awaits."""

    members: list[Person]

    def room(self, settings: dict[str, object]) -> str:
        """A new public room of all of them; its id."""
        place = self.members[0].place
        room_id = f"ground-{secrets.token_hex(6)}"
        community = NewCommunity(id=place.community_id, slug=place.community_id, name="Home")
        ids = [person.id for person in self.members]
        room = FirstRoom(id=room_id, name=room_id, settings=settings, members=ids)
        foundation = Foundation(community=community, domains=[place.domain], rooms=[room])
        answer = httpx.post(
            f"{place.platform.url}/api/local/foundations",
            json=foundation.model_dump(),
            headers={"host": place.host},
            timeout=30,
            trust_env=False,
        )
        assert answer.status_code == 201, answer.text
        return room_id

    def fast_room(self) -> str:
        """One in which pace is not the answer to everything."""
        return self.room({"pace": OPEN_PACE})
