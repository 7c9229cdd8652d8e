"""A host of ours, and who is signed in there: what may be asked where no community lives, too."""

from dataclasses import dataclass
from typing import Any

from access.whereabouts import community_at
from domain.sessions import rolled
from edge.clock import now_ms
from edge.d1 import D1
from edge.session import hashed, host_of, same_origin, token_in
from records import sessions
from records.db import Db
from schema.refusals import Refused
from schema.rows import PersonRow
from schema.rpc import CommunityConfig

PLATFORM = "Vegvisr"


@dataclass(frozen=True)
class Ground:
    """A host of ours. `community` is none at the platform's own, unless one lives there."""

    env: Any
    db: Db
    community: CommunityConfig | None
    host: str

    @property
    def community_id(self) -> str:
        """Empty where none lives."""
        return self.community.community_id if self.community else ""

    @property
    def name(self) -> str:
        return self.community.name if self.community else PLATFORM


@dataclass(frozen=True)
class Traveller(Ground):
    """Somebody signed in at a host. `session`: the hash of what they proved it with."""

    person: PersonRow
    session: str


def check_origin(origin: str | None, url: str) -> None:
    """Refuses: wrong_origin."""
    if not same_origin(origin, url):
        raise Refused("wrong_origin")


async def ground_of(env: Any, url: str, origin: str | None, writes: bool) -> Ground:
    """Refuses: wrong_origin, community_not_found."""
    if writes:
        check_origin(origin, url)
    host = host_of(url)
    return Ground(env, D1(env.DB), await lives_at(env, host), host)


async def lives_at(env: Any, host: str) -> CommunityConfig | None:
    """Who lives at a host of ours; nobody at the platform's own. Refuses: community_not_found."""
    try:
        return await community_at(env, host)
    except Refused as no:
        if no.code != "community_not_found" or host != env.PLATFORM_HOST:
            raise
        return None


async def traveller_of(ground: Ground, cookies: str | None) -> Traveller:
    """Refuses: not_signed_in."""
    token, now = token_in(cookies), now_ms()
    if token is None:
        raise Refused("not_signed_in")
    found = await sessions.person(ground.db, hashed(token), ground.host, now)
    if found is None:
        raise Refused("not_signed_in")
    expires_at = rolled(found["used_at"], found["ends_at"], now)
    if expires_at is not None:
        await sessions.roll(ground.db, hashed(token), now, expires_at)
    return Traveller(ground.env, ground.db, ground.community, ground.host, found, hashed(token))
