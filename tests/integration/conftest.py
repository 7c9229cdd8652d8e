"""A fresh world for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.cast import World, a_world
from tests.platform import Platform


@pytest.fixture
async def world(platform: Platform) -> AsyncIterator[World]:
    async with a_world(platform) as fresh:
        yield fresh
