"""Event `review_changed`: those who review hear that something waits, and nobody else does."""

from tests.conformance.founding import Community
from tests.conformance.room_socket import RoomSocket
from tests.conformance.test_filters import says
from tests.conformance.test_reviews import decides, holds, waiting
from tests.conformance.test_room_reviewing import FLAGS, HOLDS, harbour
from tests.conformance.test_withdrawing import takes_back
from tests.conformance.witness import covers

NEWS = "review_changed"


async def heard_nothing(*sockets: RoomSocket) -> bool:
    """Whether none of these was told, up to a ping that came after it."""
    told = [event for socket in sockets for event in await socket.pings()]
    return NEWS not in [event["type"] for event in told]


@covers("event review_changed")
async def test_who_reviews_a_room_hears_what_comes_and_goes(town: Community) -> None:
    place = await harbour(town, *HOLDS)
    ben, cleo, ada = [await place.client(name) for name in ("ben", "cleo", "ada")]
    quay, pier = place.rooms["quay"], place.rooms["pier"]
    reviewer, elsewhere, writer = [
        *(await cleo.opens(quay), await cleo.opens(pier), await ben.opens(quay)),
    ]
    for ref in ("one", "two"):
        await holds(writer, ref)
        await reviewer.until(NEWS)
    first, _ = await waiting(cleo, 2)
    assert (await takes_back(ben, quay, "two")).status_code == 204
    await reviewer.until(NEWS)
    assert len(await waiting(cleo, 1)) == 1
    assert (await decides(ada, first["message_id"], "decline")).status_code == 204
    await reviewer.until(NEWS)
    assert await waiting(cleo, 0) == []
    assert await heard_nothing(elsewhere, writer)


async def test_who_reviews_a_room_hears_of_what_is_flagged(town: Community) -> None:
    place = await harbour(town, *FLAGS)
    ben, cleo = await place.client("ben"), await place.client("cleo")
    reviewer, writer = [await who.opens(place.rooms["quay"]) for who in (cleo, ben)]
    await says(writer, "Fog tonight")
    await says(writer, 'Fog with "flags":')
    await says(writer, "Boats for rent")
    await reviewer.until(NEWS)
    assert len(await waiting(cleo, 1)) == 1
    assert await heard_nothing(writer)
