"""The screens of the talk: nothing is too wide. Pictures are kept, light and dark."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window
from tests.person import Person
from tests.place import Place

PICTURES = Path(__file__).parent / "screenshots"
TABLET = 1024
WIDTHS = {1440: 900, TABLET: 768, 390: 844}


async def screens(window: Window) -> AsyncIterator[str]:
    """Walk through the screens of somebody who is signed in, and name each when it stands."""
    page = window.page
    await window.opens("/rooms")
    await window.rooms.first.wait_for()
    yield "rooms"
    await window.enters("garden")
    await expect(page.get_by_role("figure").get_by_role("img").last).to_be_visible()
    yield "room with a graph"
    await window.button(re.compile("^People")).click()
    await expect(window.panel("People").get_by_role("listitem")).to_have_count(4)
    yield "people"
    await page.keyboard.press("Escape")
    await window.button("Roles and permissions").click()
    await expect(page.get_by_role("checkbox", name="post messages")).to_be_visible()
    yield "room permissions"
    await page.keyboard.press("Escape")
    await page.get_by_test_id("catch-up").click()
    await expect(window.button("Sum up again")).to_be_visible()
    yield "summary"
    await page.keyboard.press("Escape")
    await window.button("Share a knowledge graph").click()
    await expect(page.get_by_role("radio").first).to_be_attached()
    yield "share a graph"
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("option").first).to_be_visible()
    yield "switcher"
    await page.keyboard.press("Escape")
    await window.opens("/no/such/page")
    await page.get_by_role("heading").wait_for()
    yield "not found"
    await window.opens("/mailbox")
    await page.get_by_role("heading", name="Local mailbox").wait_for()
    yield "mailbox"


async def test_no_screen_is_wider_than_its_window(aurora: Place, window: Opens) -> None:
    """On a tablet; test_accessibility.py walks at a desk and on a phone."""
    viewport = {"width": TABLET, "height": WIDTHS[TABLET]}
    ada = await window(Person(aurora, "ada", "Ada Solberg"), viewport=viewport)
    wide: list[str] = []
    async for screen in screens(ada):
        wide += [f"{screen}: {what}" for what in await pictured(ada, screen, TABLET)]
    assert wide == []


async def pictured(window: Window, screen: str, width: int) -> list[str]:
    """Keep pictures of a screen, dark and light; what is wider on it than its place."""
    for scheme in ("dark", "light"):
        await window.page.emulate_media(color_scheme=scheme)
        name = f"{screen.replace(' ', '-')}-{width}-{scheme}.png"
        await window.page.screenshot(path=PICTURES / name, animations="disabled")
    return await window.too_wide()


@pytest.mark.parametrize("width", WIDTHS)
async def test_long_words_do_not_widen_a_conversation(
    world: World, window: Opens, width: int
) -> None:
    said = ["Donaudampfschiff" * 30, "https://example.org/" + "a-very-long-path/" * 20]
    said += ["```\n" + "one line of code that goes on and on; " * 10 + "\n```"]
    ada = await window(world.ada, world.commons, viewport={"width": width, "height": 800})
    await ada.writes("\n\n".join(said))
    await ada.sees("Donaudampfschiff")
    assert await ada.too_wide() == []
