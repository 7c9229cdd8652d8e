"""What moderators look at: flagged messages, and held ones that they let in or decline."""

import asyncio
import json
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
from schema.reviews import Decide, Review, ReviewPage
from schema.rpc import HeldDecision, HeldOutcome
from schema.verbs import Verb
from schema.wire import PAGE, PAGE_MAX, Person

router = routes("/api/reviews")
MessageId = Annotated[str, Path(pattern=ID_PATTERN)]
AnId = Annotated[str | None, Query(pattern=ID_PATTERN)]


@router.get("")
async def waiting(
    asker: Someone,
    room: AnId = None,
    cursor: AnId = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = PAGE,
) -> ReviewPage:
    """What waits longest first, of rooms that the reader may read. Asks for `review_messages`.

    Refuses: not_allowed.
    """
    await asker.may("review_messages")
    here = asker.community.community_id
    rows = await reviews.waiting(asker.db, here, asker.person["id"], room, cursor, limit + 1)
    page = rows[:limit]
    ids = sorted({row["room_id"] for row in page})
    readable = dict(
        zip(ids, await asyncio.gather(*[_reads(asker, one) for one in ids]), strict=True)
    )
    return ReviewPage(
        reviews=[_review(row) for row in page if readable[row["room_id"]]],
        next=page[-1]["message_id"] if len(rows) > limit else None,
    )


@router.post("/{message_id}", status_code=204)
async def decide(message_id: MessageId, body: Decide, request: Request, asker: Someone) -> Response:
    """Decide on what waits: seen for a flagged message, let_in or decline for a held one.

    Asks for `review_messages`. Refuses: not_allowed, not_found, bad_fields.
    """
    await asker.may("review_messages")
    here = asker.community.community_id
    row = await reviews.of_message(asker.db, here, message_id)
    if row is None or not await _reads(asker, row["room_id"]):
        raise Refused("not_found")
    reviewing.check(row["kind"], body.decision)
    if body.decision != "seen":
        await _settle(asker, row, body)
    where = {"target_id": row["author_id"], "room_id": row["room_id"]}
    done = act(asker, request, f"review_{body.decision}", **where, message_id=message_id)
    if not await reviews.decide(asker.db, here, message_id, body.decision, done):
        raise Refused("not_found")
    return Response(status_code=204)


async def _settle(asker: Asker, row: dict[str, Any], body: Decide) -> None:
    """The room decides, as it holds the message. Where D1 heard nothing of it, ask again.

    Refuses: not_allowed, if its author may not write any more; not_found.
    """
    lets_in, room_id = body.decision == "let_in", row["room_id"]
    if lets_in and not await _may(asker, row["author_id"], "post_message", room_id):
        raise Refused("not_allowed", f"{row['author_name']} may not write in this room now.")
    asked = HeldDecision(
        community_id=asker.community.community_id,
        message_id=row["message_id"],
        let_in=lets_in,
        said=body.said,
    )
    done = await room_objects.ask(asker.env, room_id, "decide", asked, HeldOutcome)
    if done.state != ("let_in" if lets_in else "declined"):
        raise Refused("not_found")


async def _reads(asker: Asker, room_id: str) -> bool:
    return await _may(asker, asker.person["id"], "read_room", room_id)


async def _may(asker: Asker, person_id: str, verb: Verb, room_id: str) -> bool:
    here = asker.community.community_id
    admission = await permission.of_person(asker.db, here, person_id, room_id)
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
