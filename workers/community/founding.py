"""A community begins: its row, its domains, its first people and rooms, in one transaction."""

from typing import Any

from community import config
from edge.clock import now_ms
from edge.d1 import D1
from records import communities, foundations
from schema.foundation import Foundation
from schema.rpc import CommunityConfig


async def found(env: Any, asked: Foundation) -> CommunityConfig:
    """What is there already stays as it is, so the same foundation again changes nothing."""
    db = D1(env.DB)
    await foundations.add(db, asked, now_ms())
    community = await communities.by_domain(db, asked.domains[0])
    assert community is not None, "it was just founded"
    await config.publish(env.KV, db, community)
    return config.config(community, asked.domains[0])
