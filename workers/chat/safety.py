"""One's own safety: blocks, mutes, and who may write or invite."""

from typing import Annotated

from fastapi import Path, Response

from access.asker import Someone
from chat import readmitting
from edge.clock import now_ms
from edge.routing import routes
from records import communities, safety
from schema.ids import ID_PATTERN
from schema.refusals import Refused
from schema.safety import ChangeSafety, Safety

router = routes("/api/me")
PersonId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.get("/safety")
async def my_safety(asker: Someone) -> Safety:
    return await safety.of_person(asker.db, asker.person["id"])


@router.patch("/safety")
async def change_safety(body: ChangeSafety, asker: Someone) -> Safety:
    """Only one's own. Open sockets follow who becomes invisible, or visible again."""
    await safety.change(asker.db, asker.person["id"], body)
    if body.invisible is not None:
        await readmitting.everywhere(asker, asker.person["id"])
    return await safety.of_person(asker.db, asker.person["id"])


@router.put("/blocks/{person_id}", status_code=204)
async def block(person_id: PersonId, asker: Someone) -> Response:
    """Somebody of this community. Asks for `see_community`. Refuses: not_found."""
    await asker.may("see_community")
    known = await communities.role(asker.db, asker.community.community_id, person_id)
    if known is None or person_id == asker.person["id"]:
        raise Refused("not_found")
    await safety.block(asker.db, asker.person["id"], person_id, now_ms())
    await readmitting.everywhere(asker, asker.person["id"], person_id)
    return Response(status_code=204)


@router.delete("/blocks/{person_id}", status_code=204)
async def unblock(person_id: PersonId, asker: Someone) -> Response:
    """Also of somebody who is not here any more."""
    await safety.unblock(asker.db, asker.person["id"], person_id)
    await readmitting.everywhere(asker, asker.person["id"], person_id)
    return Response(status_code=204)
