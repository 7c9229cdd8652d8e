"""A community at its own host, and what is true of every answer that comes from there."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from schema.http import Problem
from schema.refusals import MEANINGS
from tests.platform import Platform

T = TypeVar("T")
PATIENCE_S = 5.0


@dataclass
class Place:
    """A community at its own host, and a client that reaches it."""

    platform: Platform
    client: httpx.AsyncClient
    community_id: str
    domain: str

    @property
    def host(self) -> str:
        return f"{self.domain}:{self.platform.port}"

    async def asks(self, method: str, path: str, **how: Any) -> httpx.Response:
        """A request of nobody in particular."""
        headers = {"host": self.host, **how.pop("headers", {})}
        return await self.client.request(method, path, headers=headers, **how)


async def eventually(fact: Callable[[], T], what: str, within: float = PATIENCE_S) -> T:
    """Look again and again until there is something to see; what it is."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found := fact():
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"For {within:.0f} s it was not so: {what}")


def refused(answer: httpx.Response) -> Problem:
    """The problem that an answer must be, with all that every problem promises."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = Problem.model_validate_json(answer.content)
    assert problem.status == answer.status_code == MEANINGS[problem.code].status  # type: ignore[index]
    assert problem.type == f"/docs/errors#{problem.code}"
    assert problem.request_id == answer.headers["x-request-id"]
    assert problem.title and problem.detail
    return problem
