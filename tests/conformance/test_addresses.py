"""Chapter "Addresses": the host chooses the community."""

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.asking import request_to
from tests.conformance.client import Client
from tests.conformance.founding import Community, found

HERE = [
    each
    for each in document.ROUTES
    if each.name not in ("GET /healthz", "GET /api/communities", "GET /api/openapi.json")
    and not each.path.startswith("/api/local/")
]


@pytest.mark.parametrize("route", HERE, ids=lambda route: route.name)
@pytest.mark.parametrize("signed_in", [False, True])
async def test_a_host_without_a_community_has_nothing(
    square: Community, route: document.Route, signed_in: bool
) -> None:
    ada = await square.client("ada")
    lost = Client(square.front.http, f"chat.no-{square.mark}.localhost", ada.cookie, ada.me)
    asker = lost if signed_in else lost.stranger()
    path, body = request_to(route, square)
    refused(await asker.asks(route.method, path, body), "community_not_found")


async def test_the_host_chooses_the_community(square: Community) -> None:
    other = await found(square.front.http)
    assert (await square.front.gets("/api/community"))["id"] == f"c-{square.mark}"
    assert (await other.front.gets("/api/community"))["id"] == f"c-{other.mark}"


async def test_what_is_in_one_community_is_not_in_another(square: Community) -> None:
    other = await found(square.front.http)
    ada = await other.client("ada")
    path = f"/api/rooms/{square.rooms['quay']}/messages"
    refused(await ada.asks("GET", path), "room_not_found")
