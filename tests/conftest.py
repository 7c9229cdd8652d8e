"""The one platform of a test run, which starts when a test asks for it, and a world for each."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.cast import World, a_world
from tests.platform import OwnPlatform, Platform, named_in_environment
from tests.vegvisr_server import Vegvisr, played


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The running platform: the one that the environment names, or our own."""
    running = named_in_environment()
    if running is not None:
        yield running
        return
    yield from _our_own(tmp_path_factory.mktemp("platform"))


@pytest.fixture(scope="session")
def mortal_platform(
    platform: Platform, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OwnPlatform]:
    """One that a test may kill if it starts it again: our own, for we have no right to another."""
    if isinstance(platform, OwnPlatform):
        yield platform
        return
    yield from _our_own(tmp_path_factory.mktemp("mortal"))


@pytest.fixture(scope="session")
def vegvisr() -> Iterator[Vegvisr]:
    """Vegvisr's servers, played on this machine."""
    with played() as servers:
        yield servers


@pytest.fixture(scope="session")
def connected_platform(
    vegvisr: Vegvisr, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OwnPlatform]:
    """One that is connected to them, which the others are not."""
    named = {"VEGVISR_SIGN_IN": vegvisr.address, "VEGVISR_ACCOUNTS": vegvisr.address}
    yield from _our_own(tmp_path_factory.mktemp("connected"), **named)


@pytest.fixture
async def connected_world(connected_platform: OwnPlatform) -> AsyncIterator[World]:
    async with a_world(connected_platform) as fresh:
        yield fresh


def _our_own(folder: Path, **named: str) -> Iterator[OwnPlatform]:
    own = OwnPlatform(folder / "state", **named)
    own.start()
    yield own
    own.stop()
    own.check_log()


@pytest.fixture
async def world(platform: Platform) -> AsyncIterator[World]:
    """A fresh community with its people and rooms, so that tests share nothing."""
    async with a_world(platform) as fresh:
        yield fresh
