"""Where somebody is signed in, and signing out there."""

from typing import Annotated

from fastapi import Path, Response

from access.asker import Anybody, Place
from access.ground import Ground, Traveller
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
async def devices(who: Anybody) -> DeviceList:
    """Everywhere, in other communities too: a session is the person's, whatever its host."""
    rows = await sessions.of_person(who.db, who.person["id"], now_ms())
    return DeviceList(devices=[device(row, who) for row in rows])


@router.delete("/{session_id}", status_code=204)
async def end_one(session_id: SessionId, who: Anybody) -> Response:
    """Refuses: not_found, somebody else's session among them."""
    ended = await sessions.end_one(who.db, who.person["id"], session_id)
    if ended is None:
        raise Refused("not_found", "You have no such session.")
    await closed(who, [ended])
    is_own = ended["token_hash"] == who.session
    return Response(status_code=204, headers={"set-cookie": cookie("")} if is_own else None)


@router.delete("", status_code=204)
async def end_others(who: Anybody) -> Response:
    """Every one but that which asks."""
    await closed(who, await sessions.end_others(who.db, who.person["id"], who.session))
    return Response(status_code=204)


async def closed(where: Ground, ended: list[SessionRow]) -> None:
    """The sockets of ended sessions close, in the community of each one's host."""
    for session in ended:
        try:
            there = await community_at(where.env, session["host"])
        except Refused:  # no community lives there any more, and no socket
            continue
        await readmitting.sign_out(
            Place(where.env, where.db, there, session["host"]), session["token_hash"]
        )


def device(row: SessionRow, who: Traveller) -> Device:
    return Device(
        id=row["id"],
        current=row["token_hash"] == who.session,
        browser=browser_words(row["user_agent"]),
        host=row["host"],
        address=row["address"],
        created_at=row["created_at"],
        used_at=row["used_at"],
    )
