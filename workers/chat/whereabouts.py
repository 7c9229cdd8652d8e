"""Which community a host leads to: KV, remembered for seconds; else community-worker knows."""

from typing import Any

from edge import kv, rpc
from edge.clock import now_ms
from schema.rpc import CommunityConfig, DomainQuestion

REMEMBERED_MS = 5_000
MOST = 500
_known: dict[str, tuple[int, CommunityConfig]] = {}


async def community_at(env: Any, host: str) -> CommunityConfig:
    """Refuses: community_not_found."""
    known = _known.get(host)
    if known and known[0] > now_ms():
        return known[1]
    found = await kv.read(env.KV, f"community:{host}:config")
    if found is not None:
        community = CommunityConfig.model_validate(found)
    else:
        question = DomainQuestion(domain=host[:253])
        community = await rpc.ask(env.COMMUNITY, "config_of", question, CommunityConfig)
    if len(_known) >= MOST:
        _known.clear()
    _known[host] = (now_ms() + REMEMBERED_MS, community)
    return community
