"""Tickets for the door of a room, for whoever cannot send a cookie or a header with a socket."""

from access.asker import Someone
from domain.tickets import TICKET_MS
from edge.clock import new_token, now_ms
from edge.routing import SECRET, routes
from edge.session import hashed
from records import socket_tickets
from records.socket_tickets import Ticket
from schema.identity import AskForTicket, SocketTicket

router = routes("/api/socket-tickets")


@router.post("", status_code=201, openapi_extra={SECRET: True})
async def ask_for_ticket(body: AskForTicket, asker: Someone) -> SocketTicket:
    """Asks for `read_room`. Refuses: room_not_found."""
    await asker.may("read_room", body.room_id)
    secret, now = new_token(), now_ms()
    whose = (asker.person["id"], asker.session)
    where = (asker.host, body.room_id)
    ticket = Ticket(hashed(secret), *whose, *where, now + TICKET_MS)
    await socket_tickets.add(asker.db, ticket, now)
    return SocketTicket(ticket=secret, expires_in_s=TICKET_MS // 1000)
