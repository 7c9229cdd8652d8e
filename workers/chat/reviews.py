"""What moderators look at: flagged messages, and held ones that they let in or decline."""

import json
import logging
from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from access import permission
from access.acting import act
from access.asker import Asker, Someone
from domain import reviewing
from edge import rooms as room_objects
from edge.routing import routes
from records import reviews
from schema.ids import ID_PATTERN
from schema.refusals import Refused
from schema.reviews import Decide, Review, ReviewedRoom, ReviewedRooms, ReviewPage
from schema.rpc import HeldDecision, HeldOutcome, ReviewNews
from schema.verbs import Verb
from schema.wire import PAGE, PAGE_MAX, Person

log = logging.getLogger("reviews")
router = routes("/api")
MessageId = Annotated[str, Path(pattern=ID_PATTERN)]
AnId = Annotated[str | None, Query(pattern=ID_PATTERN)]


@router.get("/reviews")
async def waiting(
    asker: Someone,
    room: AnId = None,
    cursor: AnId = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = PAGE,
) -> ReviewPage:
    """What waits longest first, in rooms where the reader reviews. Asks for `review_messages`.

    Refuses: not_allowed, join_first, room_not_found.
    """
    ids = await _reviewed(asker) if room is None else [await _reviews_in(asker, room)]
    rows = await reviews.waiting(asker.db, _here(asker), ids, cursor, limit + 1)
    page = rows[:limit]
    return ReviewPage(
        reviews=[_review(row) for row in page],
        next=page[-1]["message_id"] if len(rows) > limit else None,
    )


@router.get("/reviewed-rooms")
async def reviewed_rooms(asker: Someone) -> ReviewedRooms:
    """Where the reader reviews, by name. Asks for `review_messages` of every room."""
    found = await _rooms(asker)
    waits = await reviews.counts(asker.db, _here(asker)) if found else {}
    return ReviewedRooms(
        rooms=[ReviewedRoom(id=one, name=name, waiting=waits.get(one, 0)) for one, name in found]
    )


@router.post("/reviews/{message_id}", status_code=204)
async def decide(message_id: MessageId, body: Decide, request: Request, asker: Someone) -> Response:
    """Decide on what waits: seen for a flagged message, let_in or decline for a held one.

    Asks for `review_messages`. Refuses: not_allowed, join_first, not_found, bad_fields.
    """
    row = await _waiting(asker, message_id)
    reviewing.check(row["kind"], body.decision)
    if body.decision != "seen":
        await _settle(asker, row, body)
    where = {"target_id": row["author_id"], "room_id": row["room_id"]}
    done = act(asker, request, f"review_{body.decision}", **where, message_id=message_id)
    if not await reviews.decide(asker.db, _here(asker), message_id, body.decision, done):
        raise Refused("not_found")
    await _tell(asker, row["room_id"])
    return Response(status_code=204)


async def _waiting(asker: Asker, message_id: str) -> dict[str, Any]:
    """What the asker may decide on. Where it waits in a room that they may not see, it is not."""
    row = await reviews.of_message(asker.db, _here(asker), message_id)
    if row is None:
        raise Refused("not_found")
    try:
        await _reviews_in(asker, row["room_id"])
    except Refused as no:
        raise (Refused("not_found") if no.code == "room_not_found" else no) from None
    return row


async def _tell(asker: Asker, room_id: str) -> None:
    """The others who review hear of it. It is decided even where that fails."""
    news = ReviewNews(community_id=_here(asker))
    try:
        await room_objects.ask(asker.env, room_id, "tell_reviewers", news, ReviewNews)
    except Exception:
        log.exception("room %s did not tell who reviews there", room_id)


async def _settle(asker: Asker, row: dict[str, Any], body: Decide) -> None:
    """The room decides, as it holds the message. Where D1 heard nothing of it, ask again.

    Refuses: not_allowed, if its author may not write any more; not_found.
    """
    lets_in, room_id = body.decision == "let_in", row["room_id"]
    if lets_in and not await _may(asker, row["author_id"], "post_message", room_id):
        raise Refused("not_allowed", f"{row['author_name']} may not write in this room now.")
    asked = HeldDecision(
        community_id=_here(asker),
        message_id=row["message_id"],
        let_in=lets_in,
        said=body.said,
    )
    done = await room_objects.ask(asker.env, room_id, "decide", asked, HeldOutcome)
    if done.state != ("let_in" if lets_in else "declined"):
        raise Refused("not_found")


async def _reviewed(asker: Asker) -> list[str]:
    """The ids of the rooms where the asker reviews. Refuses: not_allowed, where there are none."""
    found = await _rooms(asker)
    if not found:
        raise Refused("not_allowed", "You review messages in no room here.")
    return [room_id for room_id, _ in found]


async def _rooms(asker: Asker) -> list[tuple[str, str]]:
    who = asker.person["id"]
    rows = await permission.rooms_where(asker.db, _here(asker), who, "review_messages")
    return [(row["room_id"] or "", row["room_name"] or "") for row in rows]


async def _reviews_in(asker: Asker, room_id: str) -> str:
    await asker.may("review_messages", room_id)
    return room_id


def _here(asker: Asker) -> str:
    return asker.community.community_id


async def _may(asker: Asker, person_id: str, verb: Verb, room_id: str) -> bool:
    admission = await permission.of_person(asker.db, _here(asker), person_id, room_id)
    return admission is not None and verb in admission.may


def _review(row: dict[str, Any]) -> Review:
    return Review(
        message_id=row["message_id"],
        kind=row["kind"],
        room_id=row["room_id"],
        room=row["room_name"],
        seq=row["seq"],
        author=Person(id=row["author_id"], name=row["author_name"]),
        content=row["content"],
        reasons=json.loads(row["reasons"]),
        at=row["at"],
    )
