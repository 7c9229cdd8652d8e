"""Chapter "Reviews": an author takes back what is held, before a moderator decides."""

from typing import Any

from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community
from tests.conformance.test_filters import says
from tests.conformance.test_reviews import HOLDS, decides, harbour, holds, waiting
from tests.conformance.witness import covers


async def takes_back(who: Client, room_id: str, ref: str) -> Any:
    return await who.asks("DELETE", f"/api/rooms/{room_id}/held/{ref}")


@covers("route DELETE /api/rooms/{room_id}/held/{ref}", "refusal withdrawn")
@covers("answer DELETE /api/rooms/{room_id}/held/{ref} refuses not_found")
@covers("answer DELETE /api/rooms/{room_id}/held/{ref} refuses room_not_found")
async def test_an_author_takes_back_what_waits(town: Community) -> None:
    place, other = await harbour(town, *HOLDS), await harbour(town, *HOLDS)
    ben, cleo, mod = [await place.client(name) for name in ("ben", "cleo", "mod")]
    quay = place.rooms["quay"]
    writer = await ben.opens(quay)
    await holds(writer, "boat")
    [held] = await waiting(mod, 1)
    refused(await takes_back(cleo, quay, "boat"), "not_found")
    refused(await takes_back(await other.client("ben"), quay, "boat"), "room_not_found")
    refused(await takes_back(ben, quay, "another"), "not_found")
    assert await waiting(mod, 1) == [held]
    for _ in range(2):
        assert (await takes_back(ben, quay, "boat")).status_code == 204
    assert (await writer.until("refused", ref="boat"))["code"] == "withdrawn"
    assert (await says(writer, "Boats for rent", "boat"))["code"] == "withdrawn"
    refused(await decides(mod, held["message_id"], "let_in"), "not_found")
    assert await waiting(mod, 0) == []
    assert "Boats" not in str(await cleo.gets(f"/api/rooms/{quay}/messages"))


@covers("refusal already_decided")
@covers("answer DELETE /api/rooms/{room_id}/held/{ref} refuses already_decided")
async def test_what_is_decided_is_not_taken_back(town: Community) -> None:
    place = await harbour(town, *HOLDS)
    ben, cleo, mod = [await place.client(name) for name in ("ben", "cleo", "mod")]
    quay = place.rooms["quay"]
    writer = await ben.opens(quay)
    for ref in ("one", "two", "three"):
        await holds(writer, ref)
    one, two, _ = await waiting(mod, 3)
    await decides(mod, one["message_id"], "let_in")
    await decides(mod, two["message_id"], "decline")
    for ref in ("one", "two"):
        refused(await takes_back(ben, quay, ref), "already_decided")
    assert (await takes_back(ben, quay, "three")).status_code == 204
    assert "Boats for rent" in str(await cleo.gets(f"/api/rooms/{quay}/messages"))
