"""Where somebody is signed in, and signing out there."""

from dataclasses import replace
from typing import Annotated

from fastapi import Path, Response

from access.asker import Asker, Someone
from access.whereabouts import community_at
from chat import readmitting
from domain.sessions import browser_words
from edge.clock import now_ms
from edge.routing import routes
from edge.session import cookie
from records import sessions
from schema.identity import Device, DeviceList
from schema.ids import ID_PATTERN
from schema.refusals import Refused
from schema.rows import SessionRow

router = routes("/api/me/sessions")
SessionId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.get("")
async def devices(asker: Someone) -> DeviceList:
    """Everywhere, in other communities too: a session is the person's, whatever its host."""
    rows = await sessions.of_person(asker.db, asker.person["id"], now_ms())
    return DeviceList(devices=[device(row, asker) for row in rows])


@router.delete("/{session_id}", status_code=204)
async def end_one(session_id: SessionId, asker: Someone) -> Response:
    """Refuses: not_found, somebody else's session among them."""
    ended = await sessions.end_one(asker.db, asker.person["id"], session_id)
    if ended is None:
        raise Refused("not_found", "You have no such session.")
    await closed(asker, [ended])
    is_own = ended["token_hash"] == asker.session
    return Response(status_code=204, headers={"set-cookie": cookie("")} if is_own else None)


@router.delete("", status_code=204)
async def end_others(asker: Someone) -> Response:
    """Every one but that which asks."""
    await closed(asker, await sessions.end_others(asker.db, asker.person["id"], asker.session))
    return Response(status_code=204)


async def closed(asker: Asker, ended: list[SessionRow]) -> None:
    """The sockets of ended sessions close, in the community of each one's host."""
    for session in ended:
        try:
            there = await community_at(asker.env, session["host"])
        except Refused:  # no community lives there any more, and no socket
            continue
        await readmitting.sign_out(replace(asker, community=there), session["token_hash"])


def device(row: SessionRow, asker: Asker) -> Device:
    return Device(
        id=row["id"],
        current=row["token_hash"] == asker.session,
        browser=browser_words(row["user_agent"]),
        host=row["host"],
        address=row["address"],
        created_at=row["created_at"],
        used_at=row["used_at"],
    )
