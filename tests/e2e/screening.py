"""What is true of every screen: it fits, a finger finds its targets, and it shuts nobody out."""

import re
from pathlib import Path

from run.steps import ROOT
from tests.e2e.test_accessibility import serious
from tests.e2e.window import Window

PICTURES = Path(__file__).parent / "screenshots"
PAGES = re.compile(r'path: "([a-z-]+)",\s+title: "([^"]+)"')


def settings_pages() -> dict[str, str]:
    """The title of each page of the settings, by its path, as the front end lists them."""
    listed = (ROOT / "frontend" / "src" / "settings.ts").read_text("utf-8")
    pages = dict(PAGES.findall(listed))
    assert len(pages) == listed.count("import("), "a page is listed in another form"
    return pages


async def flaws(window: Window, screen: str) -> list[str]:
    """What is wrong with a screen, dark and light. Pictures of both are kept."""
    found: list[str] = []
    width = window.page.viewport_size["width"] if window.page.viewport_size else 0
    name = screen.replace(" ", "-").lower()
    for scheme in ("dark", "light"):
        await window.page.emulate_media(color_scheme=scheme)
        path = PICTURES / f"{name}-{width}-{scheme}.png"
        await window.page.screenshot(path=path, animations="disabled")
        found += await serious(window, f"{screen}, {scheme}")
    found += [f"{screen}, too wide: {what}" for what in await window.too_wide()]
    found += [f"{screen}, too small: {what}" for what in await window.too_small()]
    return found
