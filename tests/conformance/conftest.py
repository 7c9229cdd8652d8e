"""A client of the running platform, and a community for each test."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.room_socket import close_all
from tests.conformance.witness import MET, promised_and_not_met


@pytest.fixture(scope="session")
async def http(platform: Any) -> AsyncIterator[httpx.AsyncClient]:
    """One pool of connections to the platform, which knows nothing of cookies."""
    base = f"http://127.0.0.1:{platform.port}"
    async with httpx.AsyncClient(base_url=base, timeout=20, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
async def square(http: httpx.AsyncClient) -> Community:
    """One community for the tests that only ask, and leave it as it is."""
    place = await found(http)
    for name in place.people:
        await place.client(name)
    return place


@pytest.fixture
async def town(http: httpx.AsyncClient) -> Community:
    """A community of the test's own."""
    return await found(http)


@pytest.fixture(autouse=True)
async def promises(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """A test that promises to walk something must meet it; what it opened is closed behind it."""
    MET.clear()
    yield
    await close_all()
    missed = promised_and_not_met(request.function)
    assert not missed, f"promised with @covers, and not met: {missed}"


@pytest.fixture
async def elsewhere(square: Community, town: Community) -> Client:
    """Somebody with a session at another host."""
    stranger = await square.client("ben")
    return Client(town.front.http, town.front.domain, stranger.cookie, stranger.me)
