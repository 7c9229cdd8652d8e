"""Opening a socket with a ticket."""

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import TurnedAway
from tests.conformance.founding import Community
from tests.conformance.witness import covers

TICKETS = "/api/socket-tickets"


@covers("route POST /api/socket-tickets", "number TICKET_MS", "refusal ticket_not_valid")
@covers("answer GET /api/rooms/{room_id}/socket refuses ticket_not_valid")
async def test_a_ticket_opens_one_socket(town: Community) -> None:
    ada, quay = await town.client("ada"), town.rooms["quay"]
    ticket = await ada.posts(TICKETS, {"room_id": quay})
    assert ticket["expires_in_s"] * 1000 == document.number("TICKET_MS")
    bare = town.front.stranger()
    bare.me = ada.me
    socket = await bare.opens(quay, ticket=ticket["ticket"])
    assert socket.welcome["you"]["id"] == ada.id
    with pytest.raises(TurnedAway) as again:
        await bare.opens(quay, ticket=ticket["ticket"])
    assert again.value.code == "ticket_not_valid"


@covers("answer POST /api/socket-tickets refuses room_not_found")
async def test_a_ticket_is_given_to_who_sees_the_room(town: Community) -> None:
    cleo = await town.client("cleo")
    assert await cleo.posts(TICKETS, {"room_id": town.rooms["quay"]})
    refused(await cleo.asks("POST", TICKETS, {"room_id": town.rooms["cabin"]}), "room_not_found")
