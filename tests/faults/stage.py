"""Where a history plays: the platform, its house, its people on their lines, and the recorder."""

import asyncio
import re
import time
from dataclasses import dataclass

import httpx

from tests.faults.client import Client
from tests.faults.history import Closed, History, only
from tests.faults.house import House
from tests.faults.network import Line
from tests.faults.platform import FaultyPlatform

WELL_WITHIN_S = 60.0


@dataclass
class Stage:
    """Where a history plays: a strike acts on it. `place`: where its part of the log begins."""

    platform: FaultyPlatform
    house: House
    lines: list[Line]
    clients: list[Client]
    history: History
    place: int

    def lost(self, since: float) -> int:
        """Sockets that went away since then."""
        return sum(closed.at >= since for closed in only(Closed, self.history.entries))

    def said(self, pattern: str, since: int) -> int:
        """How often the platform's log has said something since a place in it."""
        return len(re.findall(pattern, self.platform.words(since)))

    async def is_well(self) -> None:
        """Wait until all four workers and every room answer again."""
        end = time.monotonic() + WELL_WITHIN_S
        while True:
            try:
                (await self.house.asks("GET", "/healthz")).raise_for_status()
                for room in self.house.rooms:
                    await self.house.vitals(room)
                return
            except (OSError, httpx.HTTPError) as problem:
                if time.monotonic() > end:
                    raise AssertionError(f"not well after {WELL_WITHIN_S:.0f} s") from problem
                await asyncio.sleep(0.3)
