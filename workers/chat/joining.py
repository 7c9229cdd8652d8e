"""Coming into a community that asks first: requests, and who decides them."""

import json
from typing import Annotated

from fastapi import Path, Request, Response

from access.acting import act
from access.asker import Asker, Someone
from chat import membership
from domain import joining
from domain.joining import Door
from domain.signing_in import site
from edge import mail
from edge.clock import new_id, now_ms
from edge.routing import routes
from records import communities, join_requests, people
from schema.ids import ID_PATTERN
from schema.joining import AskToJoin, Entry, JoinRequest, JoinRequestList
from schema.refusals import Refused

router = routes("/api/join-requests")
RequestId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.get("/mine")
async def entry(asker: Someone) -> Entry:
    """Where who asks stands at the door; for everybody who is signed in."""
    return await standing(asker, await _door(asker))


@router.post("", status_code=201)
async def ask_to_join(body: AskToJoin, asker: Someone) -> Entry:
    """Ask to be let in; where the door is open, come in. Whoever is in already stays so.

    Refuses: not_allowed, bad_fields, too_fast.
    """
    door, here, person_id = await _door(asker), asker.community.community_id, asker.person["id"]
    if await communities.role(asker.db, here, person_id) is None:
        before, now = await join_requests.of_person(asker.db, here, person_id), now_ms()
        answers = joining.answered(door, body.answers, before, now)
        if door.rule == "by_request":
            await join_requests.ask(asker.db, new_id(), here, person_id, answers, now)
        elif await communities.welcome(asker.db, here, person_id, now):
            await membership.announce_default_rooms(asker, now)
    return await standing(asker, door)


@router.get("")
async def request_list(asker: Someone) -> JoinRequestList:
    """Asks for `review_requests`."""
    await asker.may("review_requests")
    rows = await join_requests.waiting(asker.db, asker.community.community_id)
    return JoinRequestList(
        requests=[
            JoinRequest(
                id=row["id"],
                person={"id": row["person_id"], "name": row["name"]},
                email=row["email"],
                answers=json.loads(row["answers"]),
                asked_at=row["asked_at"],
            )
            for row in rows
        ]
    )


@router.post("/{request_id}/approve", status_code=204)
async def approve(request_id: RequestId, request: Request, asker: Someone) -> Response:
    """Asks for `review_requests`. Refuses: not_allowed, not_found."""
    await asker.may("review_requests")
    done = act(asker, request, "join_request_approved", request_id)
    here = asker.community.community_id
    person_id = await join_requests.approve(asker.db, here, request_id, done)
    person = await people.by_id(asker.db, person_id) if person_id else None
    if person is None:
        raise Refused("not_found")
    newcomer = Asker(asker.env, asker.db, asker.community, asker.host, person, "")
    await membership.announce_default_rooms(newcomer, done.at)
    link = f"{site(str(request.url), asker.host, asker.env.STAGE)}/"
    subject, text = joining.letter(asker.community.name, link)
    await mail.send(asker.env, person["email"], subject, text, link)
    return Response(status_code=204)


@router.post("/{request_id}/decline", status_code=204)
async def decline(request_id: RequestId, request: Request, asker: Someone) -> Response:
    """Asks for `review_requests`. Refuses: not_allowed, not_found."""
    await asker.may("review_requests")
    done = act(asker, request, "join_request_declined", request_id)
    if not await join_requests.decline(asker.db, asker.community.community_id, request_id, done):
        raise Refused("not_found")
    return Response(status_code=204)


async def standing(asker: Asker, door: Door) -> Entry:
    here, person_id = asker.community.community_id, asker.person["id"]
    state = "outside"
    if await communities.role(asker.db, here, person_id) is not None:
        state = "member"
    elif before := await join_requests.of_person(asker.db, here, person_id):
        state = before.state if before.state != "approved" else "outside"
    return Entry(rule=door.rule, questions=door.questions, state=state)


async def _door(asker: Asker) -> Door:
    return joining.door(await communities.config(asker.db, asker.community.community_id))
