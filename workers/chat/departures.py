"""Somebody is no member of the community any more: D1 forgets them first, then their rooms hear.

From the batch on they may nothing here and cannot come back into a room; what fails after it is
made good by asking again.
"""

import asyncio

from access import permission
from access.asker import Place
from chat import membership, readmitting
from records import api_tokens, communities, members
from records.audit_log import Act, entry_of_change
from records.db import Statement


async def remove(place: Place, person_id: str, act: Act) -> bool:
    """End a membership, its sessions and tokens. False: there was none, or it is an owner's."""
    community_id = place.community.community_id
    changed = await place.db.batch(
        members.end(community_id, person_id),
        entry_of_change(act),
        members.end_sessions(community_id, person_id),
        api_tokens.end_here(community_id, person_id),
    )
    if await communities.role(place.db, community_id, person_id) is None:
        await out_of_the_rooms(place, person_id)
    return changed[0] > 0


async def ban(place: Place, person_id: str, act: Act, banned: Statement) -> bool:
    """Keep somebody out and end what they are here. False: they are an owner."""
    community_id = place.community.community_id
    changed = await place.db.batch(
        banned,
        entry_of_change(act),
        members.end(community_id, person_id),
        members.end_sessions(community_id, person_id),
        api_tokens.end_here(community_id, person_id),
    )
    await out_of_the_rooms(place, person_id)
    return changed[0] > 0


async def out_of_the_rooms(place: Place, person_id: str) -> None:
    """Every room that they were in logs their leaving; those that they looked into close."""
    ids = await members.rooms_of(place.db, place.community.community_id, person_id)
    told = await asyncio.gather(
        *[_out_of(place, room_id, person_id) for room_id in ids], return_exceptions=True
    )
    await readmitting.person(place, person_id)
    for problem in told:
        if problem is not None:
            raise problem


async def _out_of(place: Place, room_id: str, person_id: str) -> None:
    here = place.community.community_id
    admission = await permission.of_person(place.db, here, person_id, room_id)
    if admission is not None and admission.joined_at is not None:
        await membership.take_out(place, admission)
