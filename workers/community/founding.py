"""A community begins: its row, its domains, its first people and rooms, in one transaction."""

from typing import Any

from access import community_config
from domain import naming
from edge.clock import now_ms
from edge.d1 import D1
from records import communities, foundations
from schema.foundation import Foundation
from schema.refusals import Refused
from schema.rpc import CommunityConfig


async def found(env: Any, asked: Foundation, owned_most: int | None = None) -> CommunityConfig:
    """What is there already stays as it is, so the same foundation again changes nothing; nor
    does one whose first domain is that of another community, which is the answer then. An owner
    of as many as `owned_most` founds nothing.

    Refuses: bad_fields, name_taken.
    """
    db = D1(env.DB)
    names = [person.name for person in asked.people] + [room.name for room in asked.rooms]
    if not all(map(naming.key, [asked.community.name, *names])):
        raise Refused("bad_fields", "A name needs a letter, a digit or a sign.")
    there = await communities.by_domain(db, asked.domains[0])
    if there is None or there["id"] == asked.community.id:
        if await foundations.is_taken(db, asked):
            raise Refused("name_taken")
        await foundations.add(db, asked, now_ms(), owned_most)
    community = await communities.by_domain(db, asked.domains[0])
    if community is None:
        raise Refused("name_taken")
    await community_config.publish(env.KV, db, community)
    return community_config.config(community, asked.domains[0])
