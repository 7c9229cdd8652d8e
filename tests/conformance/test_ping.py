"""Chapter "Ping": one exact frame, one exact answer, which costs nothing."""

import json

from tests.conformance import document
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers


@covers("event pong", "number PING", "number PONG")
async def test_the_exact_ping_has_the_exact_answer(town: Community) -> None:
    ada = await town.client("ada")
    socket = await ada.opens(town.rooms["quay"])
    await socket.line.send(document.NUMBERS["PING"])
    raw = await socket.line.recv()
    while "pong" not in raw:
        raw = await socket.line.recv()
    assert raw == document.NUMBERS["PONG"]
    assert await socket.pings() == []


async def test_a_ping_with_a_space_more_is_no_ping(town: Community) -> None:
    ada = await town.client("ada")
    socket = await ada.opens(town.rooms["quay"])
    spaced = json.dumps({"type": "ping"})
    assert spaced != document.NUMBERS["PING"]
    await socket.is_refused("unknown_type", spaced)


async def test_pings_cost_nothing(town: Community) -> None:
    slow = [{"name": "quay", "settings": {"pace": {"burst": 1, "per_second": 0.01}}}]
    place = await found(town.front.http, {"ada": "owner"}, slow)
    ada = await place.client("ada")
    await ada.posts(f"/api/rooms/{place.rooms['quay']}/join")
    socket = await ada.opens(place.rooms["quay"])
    for _ in range(50):
        await socket.pings()
    await socket.says("The bucket is still full.")
