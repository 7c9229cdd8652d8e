"""The config that routing reads: truth in D1, a copy in KV for each domain."""

import json
from typing import Any

from edge import kv
from edge.d1 import D1
from records import communities
from records.db import Db
from schema.refusals import Refused
from schema.rows import CommunityRow
from schema.rpc import CommunityConfig


def domain_key(domain: str) -> str:
    return f"community:{domain}:config"


def community_key(community_id: str) -> str:
    return f"chat:community:{community_id}:config"


async def of_domain(env: Any, domain: str) -> CommunityConfig:
    """The community of a host, from D1; KV learns it on the way."""
    found = await communities.by_domain(D1(env.DB), domain)
    if found is None:
        raise Refused("community_not_found")
    await publish(env.KV, D1(env.DB), found)
    return config(found, domain)


async def publish(keys: Any, db: Db, community: CommunityRow) -> None:
    """Write the copies; called whenever the truth changes."""
    domains = await communities.domains(db, community["id"])
    whole = {**config(community, "").model_dump(exclude={"domain"}), "domains": domains}
    whole["settings"] = json.loads(community["config"])
    await kv.write(keys, community_key(community["id"]), whole)
    filters = whole["settings"].get("filters", {})
    for domain in domains:
        await kv.write(keys, f"community:{domain}:filters", filters)
        await kv.write(keys, domain_key(domain), config(community, domain).model_dump())


def config(community: CommunityRow, domain: str) -> CommunityConfig:
    return CommunityConfig(
        community_id=community["id"],
        slug=community["slug"],
        name=community["name"],
        description=community["description"],
        domain=domain,
        brand=json.loads(community["config"]).get("brand", {}),
    )
