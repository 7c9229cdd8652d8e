"""A request that fits each route of the document."""

import re
import uuid
from typing import Any

from tests.conformance import document
from tests.conformance.founding import Community, foundation, new_mark

NOBODY = "nobody-at-all"


def path_of(route: document.Route, town: Community, room: str = "quay") -> str:
    """The path with a room of this community; its person is nobody, all else is not there."""
    path = route.path.replace("{room_id}", town.rooms[room]).replace("{person_id}", NOBODY)
    return re.sub(r"\{[a-z_]+\}", str(uuid.uuid4()), path)


def body_of(route: document.Route, town: Community, room: str = "quay") -> Any:
    """A body that the route takes: the document's example, in names of this community."""
    if route.takes == "Foundation":
        return foundation(new_mark(), {"ada": "owner"}, [])
    body: Any = document.example(route.takes) if route.takes else None
    if route.takes == "AskForLink":
        body["email"] = f"{new_mark()}@conformance.example"
    elif route.takes == "LocalSignIn":
        body["person_id"] = town.people["ada"]
    elif route.takes == "ClockJump":
        body["offset_ms"] = 0
    elif route.takes == "AddedPerson":
        body["person_id"] = NOBODY
    elif route.takes == "Decision":
        body |= {"role": "room_member", "verb": "post_message", "allowed": None}
    elif route.takes == "NewBan":
        body["until"] = None
    elif route.takes == "NewRoom":
        body["name"] = f"Room {new_mark()}"
    elif route.takes == "ChangeCommunity":
        body = {"name": f"Community {town.mark}"}
    elif route.takes == "NewInvitation":
        body["room_ids"] = [town.rooms[room]]
    elif route.takes == "Wish":
        body["slug"] = f"w-{new_mark()}"
    elif route.takes == "Graph":
        body["metadata"]["version"] = 0
    elif route.takes == "AskForTicket":
        body["room_id"] = town.rooms[room]
    elif route.takes == "AskForHandOver":
        body["host"] = town.front.domain
    elif route.takes == "Import":
        body["room"] |= {"id": town.rooms[room], "community_id": f"c-{town.mark}"}
    return body


def request_to(route: document.Route, town: Community, room: str = "quay") -> tuple[str, Any]:
    """The path and the body of a request to a route."""
    return path_of(route, town, room), body_of(route, town, room)
