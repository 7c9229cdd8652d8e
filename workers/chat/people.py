"""Where you are: the community of this host."""

from access.asker import Here
from chat.signing_in import community
from edge.routing import routes
from schema.http import Community

router = routes("/api")


@router.get("/community")
async def this_community(here: Here) -> Community:
    return community(here)
