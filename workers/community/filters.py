"""What a community does not want to read; its rooms follow within a second."""

import json

from fastapi import Request, Response

from access.asker import Asker, Someone
from community import acts
from community.settings import republish
from edge.http import EVERYBODY, RIGHTS_CHANGED
from edge.routing import routes
from records import community_settings
from schema.filters import FILTERS_BYTES, Filters
from schema.refusals import Refused

router = routes("/api/community/filters")


@router.get("")
async def filters(asker: Someone) -> Filters:
    """Asks for `edit_filters`."""
    await asker.may("edit_filters")
    return await _stored(asker)


@router.put("")
async def change(body: Filters, request: Request, response: Response, asker: Someone) -> Filters:
    """Asks for `edit_filters`. Refuses: bad_fields."""
    await asker.may("edit_filters")
    if len(body.model_dump_json().encode()) > FILTERS_BYTES:
        raise Refused("bad_fields", f"Filters have at most {FILTERS_BYTES:,} bytes together.")
    # A merge would keep what is left out: each field is named.
    await asker.db.batch(
        community_settings.decided(
            asker.community.community_id, {"filters": body.model_dump(mode="json")}
        ),
        acts.kept(asker, request, "edit_filters", **body.model_dump(mode="json")),
    )
    await republish(asker)
    response.headers[RIGHTS_CHANGED] = EVERYBODY
    return await _stored(asker)


async def _stored(asker: Asker) -> Filters:
    row = await community_settings.of(asker.db, asker.community.community_id)
    return Filters.model_validate(json.loads(row["config"]).get("filters", {}))
