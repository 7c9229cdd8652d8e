"""Where you are: the community of this host."""

from fastapi import APIRouter

from chat.asker import Here
from chat.signing_in import community
from schema.http import Community

router = APIRouter(prefix="/api")


@router.get("/community")
async def this_community(here: Here) -> Community:
    return community(here)
