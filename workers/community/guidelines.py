"""The guidelines of a community: everybody may read them, members accept them."""

from fastapi import Request, Response

from access.asker import Asker, Here, Place, Someone, asker_of
from community import acts
from edge.clock import now_ms
from edge.http import EVERYBODY, RIGHTS_CHANGED, of_person
from edge.routing import routes
from records import guidelines
from schema.community import AcceptGuidelines, Guidelines, NewGuidelines
from schema.refusals import Refused

router = routes("/api/community/guidelines")


@router.get("")
async def read(request: Request, here: Here) -> Guidelines:
    try:
        asker = await asker_of(here, request.headers.get("cookie"))
    except Refused:
        return await _newest(here, None)
    return await _newest(here, asker.person["id"])


@router.put("")
async def write(
    body: NewGuidelines, request: Request, response: Response, asker: Someone
) -> Guidelines:
    """Asks for `edit_guidelines`. Refuses: version_conflict."""
    await asker.may("edit_guidelines")
    here, who, now = asker.community.community_id, asker.person["id"], now_ms()
    kept = acts.kept(asker, request, "edit_guidelines", version=body.version + 1)
    if not await guidelines.write(asker.db, here, body.version, body.text, who, now, kept):
        raise Refused("version_conflict")
    response.headers[RIGHTS_CHANGED] = EVERYBODY
    return await _newest(asker, who)


@router.post("/accept")
async def accept(body: AcceptGuidelines, response: Response, asker: Someone) -> Guidelines:
    """Asks for `see_community`. Refuses: version_conflict."""
    await asker.may("see_community")
    if not await _accept(asker, body.version):
        raise Refused("version_conflict")
    response.headers[RIGHTS_CHANGED] = of_person(asker.person["id"])
    return await _newest(asker, asker.person["id"])


async def _accept(asker: Asker, version: int) -> bool:
    here, who = asker.community.community_id, asker.person["id"]
    return await guidelines.accept(asker.db, here, who, version, now_ms())


async def _newest(place: Place, person_id: str | None) -> Guidelines:
    here = place.community.community_id
    found = await guidelines.newest(place.db, here) or {"version": 0, "text": ""}
    return Guidelines(
        version=found["version"],
        text=found["text"],
        written_at=found.get("written_at"),
        accepted=await guidelines.accepted(place.db, here, person_id) if person_id else None,
        required=await guidelines.required(place.db, here),
    )
