"""Which community a host leads to: KV, remembered for seconds; else D1 knows."""

import logging
from typing import Any

from pydantic import ValidationError

from access import community_config
from edge import kv
from edge.clock import now_ms
from schema.rpc import CommunityConfig

REMEMBERED_MS = 5_000
MOST = 500
log = logging.getLogger("whereabouts")
_known: dict[str, tuple[int, CommunityConfig]] = {}


async def community_at(env: Any, host: str) -> CommunityConfig:
    """Refuses: community_not_found."""
    known = _known.get(host)
    if known and known[0] > now_ms():
        return known[1]
    community = await published(env, host)
    if community is None:
        community = await community_config.of_domain(env, host[:253])
    if len(_known) >= MOST:
        _known.clear()
    _known[host] = (now_ms() + REMEMBERED_MS, community)
    return community


def forget() -> None:
    """Read the configs anew: one of them changed."""
    _known.clear()


async def published(env: Any, host: str) -> CommunityConfig | None:
    """What KV knows; nothing when an older or newer version wrote it: asking publishes it anew."""
    found = await kv.read(env.KV, f"community:{host}:config")
    try:
        return CommunityConfig.model_validate(found) if found is not None else None
    except ValidationError:
        log.warning("KV holds another version's config of %s", host)
        return None
