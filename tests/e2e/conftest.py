"""One browser for all tests; fresh windows for each."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, async_playwright

from demo import seed
from run.chromium import chromium
from tests.e2e.line import Line, a_line
from tests.e2e.window import Window
from tests.person import Person
from tests.place import Place
from tests.platform import Platform

Opens = Callable[..., Awaitable[Window]]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    launch = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=launch.path, args=launch.args, env={**launch.env}
        )
        yield browser
        await browser.close()


@pytest.fixture
async def line(platform: Platform) -> AsyncIterator[Line]:
    async with a_line(platform.port) as line:
        yield line


@pytest.fixture
async def window(browser: Browser, line: Line) -> AsyncIterator[Opens]:
    """Opens windows: of somebody who is signed in, or of nobody at a place; over a line or not;
    in a room or nowhere yet. At the end, none of them may have had a trouble. They close before
    the line does, which is why it stands above."""
    opened: list[Window] = []

    async def opens(
        who: Person | Place, room: str = "", over: Line | None = None, **looks: Any
    ) -> Window:
        place = who.place if isinstance(who, Person) else who
        address = f"http://{place.domain}:{over.port if over else place.platform.port}"
        looks = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **looks}
        context = await browser.new_context(**looks)
        if isinstance(who, Person):
            await who.signs_in()
            await context.add_cookies([session_cookie(who)])
        opened.append(Window(await context.new_page(), address))
        if room:
            await opened[-1].enters(room)
        return opened[-1]

    yield opens
    for one in opened:
        await one.context.close()
    troubles = [trouble for one in opened for trouble in one.unexpected()]
    assert troubles == []


def session_cookie(person: Person) -> Any:
    """Named https, for Chromium takes it for http there too, but sets `Secure` ones only so."""
    name, value = person.cookie.split("=", 1)
    return {"name": name, "value": value, "url": f"https://{person.place.host}", "httpOnly": True}


@pytest.fixture(scope="session")
async def aurora(platform: Platform) -> AsyncIterator[Place]:
    """The demo community, nearly as `npm start` shows it."""
    async with httpx.AsyncClient(base_url=platform.url, timeout=60, trust_env=False) as client:
        place = Place(platform, client, "aurora", "chat.aurora.localhost")
        found(place)
        ada = Person(place, "ada", "Ada Solberg")
        for path in (seed.HERE / "graphs").glob("*.json"):
            await ada.asks("PUT", f"/api/graphs/{path.stem}", json=seed.read(path))
        shared = seed.read(seed.HERE / "shared_graphs.json")["garden"]
        answer = await ada.asks("POST", "/api/rooms/garden/graphs", json=shared)
        assert answer.status_code == 201, answer.text
        yield place


def found(aurora: Place) -> None:
    """Its people, its rooms and what they said."""
    foundation = seed.read(seed.HERE / "aurora.json") | {"domains": [aurora.domain]}
    how: Any = {"base_url": aurora.platform.url, "timeout": 60, "trust_env": False}
    with httpx.Client(**how, headers={"host": aurora.host}) as client:
        seed.done(client.post("/api/local/foundations", json=foundation))
        seed.converse(client, foundation)
