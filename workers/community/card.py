"""Where you are: the community of this host."""

from access.asker import Here
from access.community_card import community
from edge.routing import routes
from schema.http import Community

router = routes("/api/community")


@router.get("")
async def this_community(here: Here) -> Community:
    return community(here)
