"""The way into a room: who are you, may you read here, and then the room itself takes over."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from access.asker import admitted, admitted_by_ticket, place_of
from domain.permissions import in_a_seat
from edge import http, rooms
from edge.clock import new_id
from schema.ids import ID_PATTERN
from schema.refusals import Refused
from schema.rpc import Entrance


async def open_room(request: Any, env: Any, room_id: str) -> Any:
    """Answer an upgrade.

    Refuses: not_signed_in, ticket_not_valid, wrong_origin, room_not_found, bad_fields.
    """
    headers = request.headers
    if http.method_of(request) != "GET":
        return await http.refuse(request, Refused("method_not_allowed"), new_id(), allow="GET")
    if (headers.get("upgrade") or "").lower() != "websocket":
        raise Refused("bad_fields", "Open this address as a WebSocket.")
    if not re.fullmatch(ID_PATTERN, room_id):
        raise Refused("room_not_found")
    place = await place_of(env, request.url, headers.get("origin"), writes=True)
    ticket = in_address(request.url, "ticket")
    if ticket is not None:
        admission = await admitted_by_ticket(place, ticket, "read_room", room_id)
    else:
        admission = await admitted(place, headers.get("cookie"), "read_room", room_id)
    entrance = Entrance(admission=in_a_seat(admission), after=after_of(request.url))
    return await rooms.enter(env, room_id, request, entrance)


def after_of(url: str) -> int | None:
    """The last seq that the client has; None when it has nothing."""
    value = in_address(url, "after")
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise Refused("bad_fields", "`after` is a seq: a whole number.")
    return int(value)


def in_address(url: str, name: str) -> str | None:
    """A value of the query."""
    values = parse_qs(urlsplit(url).query, keep_blank_values=True).get(name)
    return values[0] if values else None
