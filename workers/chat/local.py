"""Only on a developer's machine: people to be, a mailbox, and worlds for demo and tests."""

import json
from typing import Any

from fastapi import Depends, Request, Response
from pydantic import RootModel

from access.asker import Anywhere, Here
from access.ground import check_origin
from chat.rooms import RoomId
from chat.signing_in import sign_in
from edge import clock, rooms, rpc
from edge.http import env_of
from edge.routing import routes
from records import communities, local_mailbox, people
from schema.foundation import Foundation
from schema.http import Me
from schema.local import (
    ClockJump,
    LocalAnswer,
    LocalCall,
    LocalPeople,
    LocalPerson,
    LocalSignIn,
    Mail,
    Mailbox,
    Method,
)
from schema.refusals import Refused
from schema.rpc import Call, CommunityConfig, Import, Imported, Vitals


async def own_pages(request: Request) -> None:
    """No other site may ask, though nobody has to sign in here."""
    check_origin(request.headers.get("origin"), str(request.url))


OF_WORKER: dict[Method, str] = {
    "summarise": "AI_CHAT",
    "moderate": "AI_CHAT",
    "found": "COMMUNITY",
    "card": "KNOWLEDGE",
    "graph": "KNOWLEDGE",
    "graphs": "KNOWLEDGE",
    "save": "KNOWLEDGE",
}
"""Whom each method is asked of; a room's object has the others."""

# Anywhere else these addresses do not exist: chat/front_door.py.
router = routes("/api/local", dependencies=[Depends(own_pages)])


@router.get("/people")
async def demo_people(here: Here) -> LocalPeople:
    rows = await communities.people(here.db, here.community.community_id)
    keep = ("id", "name", "about")
    return LocalPeople(people=[LocalPerson(**{k: row[k] for k in keep}) for row in rows])


@router.post("/sign-in")
async def be(body: LocalSignIn, request: Request, response: Response, here: Anywhere) -> Me:
    person = await people.by_id(here.db, body.person_id)
    if person is None:
        raise Refused("not_found")
    return await sign_in(here, person, request, response, body.enter)


@router.get("/mailbox")
async def mailbox(here: Anywhere) -> Mailbox:
    rows = await local_mailbox.newest(here.db, 50)
    return Mailbox(mails=[Mail(**row) for row in rows])


@router.post("/foundations", status_code=201)
async def found(body: Foundation, request: Request) -> CommunityConfig:
    """A community with its people and rooms. Refuses: name_taken."""
    return await rpc.ask(env_of(request).COMMUNITY, "found", body, CommunityConfig)


@router.post("/rooms/{room_id}/messages", status_code=201)
async def import_messages(room_id: RoomId, body: Import, request: Request) -> Imported:
    return await rooms.ask(env_of(request), room_id, "import_messages", body, Imported)


@router.get("/rooms/{room_id}/vitals")
async def vitals(room_id: RoomId, request: Request) -> Vitals:
    return await rooms.ask(env_of(request), room_id, "vitals", Call(), Vitals)


@router.post("/calls")
async def call(body: LocalCall, request: Request) -> LocalAnswer:
    """What a worker, or a room's object, says to another worker's question."""
    env, where = env_of(request), OF_WORKER.get(body.method)
    question = RootModel[dict[str, Any]](body.question)
    if where is None and body.room_id is None:
        raise Refused("bad_fields", "A room's object is found by its room_id.")
    try:
        if where is None:
            said = await rooms.text(env, str(body.room_id), body.method, question)
        else:
            said = await rpc.text(getattr(env, where), body.method, question)
    except Refused as no:
        return LocalAnswer(answer=rpc.refusal(no).model_dump())
    return LocalAnswer(answer=json.loads(said))


@router.post("/clock")
async def jump_clock(body: ClockJump) -> ClockJump:
    clock.jump(body.offset_ms)
    return body
