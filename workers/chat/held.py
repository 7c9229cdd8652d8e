"""What somebody wrote and the filters hold: its author takes it back."""

from typing import Annotated

from fastapi import Path, Response

from access.asker import Someone
from chat.rooms import RoomId
from edge import rooms as room_objects
from edge.routing import routes
from schema.ids import Ref
from schema.refusals import Refused
from schema.rpc import HeldOutcome, Withdrawal

router = routes("/api/rooms")


@router.delete("/{room_id}/held/{ref}", status_code=204)
async def withdraw(room_id: RoomId, ref: Annotated[Ref, Path()], asker: Someone) -> Response:
    """Take back what waits for a moderator, by its reference. Asks for `read_room`.

    Refuses: room_not_found, already_decided, not_found.
    """
    await asker.may("read_room", room_id)
    here, who = asker.community.community_id, asker.person["id"]
    asked = Withdrawal(community_id=here, author_id=who, ref=ref)
    done = await room_objects.ask(asker.env, room_id, "withdraw", asked, HeldOutcome)
    if done.state == "unknown":
        raise Refused("not_found", "Nothing of yours is held here by this reference.")
    if done.state != "withdrawn":
        raise Refused("already_decided")
    return Response(status_code=204)
