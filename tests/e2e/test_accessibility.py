"""Every screen of the talk, light and dark: axe finds nothing serious, and it fits."""

import re
from typing import Any

import pytest

from run.steps import ROOT
from tests.e2e.conftest import Opens
from tests.e2e.test_phone import PHONE
from tests.e2e.test_screens import PICTURES, screens
from tests.e2e.window import Window
from tests.person import Person
from tests.place import Place

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
LOOKS = pytest.mark.parametrize("looks", [DESK, PHONE], ids=["desk", "phone"])
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """async (rules) => (await axe.run(document, {
    resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}),
  })).violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)"""


async def serious(window: Window, screen: str, *rules: str) -> list[str]:
    """What axe finds on a screen, by these rules or all, once its colours have come to rest."""
    page = window.page
    await page.evaluate(
        "Promise.all(document.getAnimations().map(one => one.finished)).then(() => 0)"
    )
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    return [f"{screen}: {what}" for what in await page.evaluate(SERIOUS, rules)]


async def flaws(window: Window, screen: str) -> list[str]:
    """What is wrong with a screen, light and on a phone dark too. Pictures of both are kept."""
    await window.rests()
    found: list[str] = []
    width = window.page.viewport_size["width"] if window.page.viewport_size else 0
    name = screen.replace(" ", "-").lower()
    # Between the two, nothing but the colours changes; and those are one on all widths.
    dark = [("dark", ["color-contrast"])] if width == PHONE["viewport"]["width"] else []
    for scheme, rules in (*dark, ("light", [])):
        await window.page.emulate_media(color_scheme=scheme)
        path = PICTURES / f"{name}-{width}-{scheme}.png"
        await window.page.screenshot(path=path, animations="disabled")
        found += await serious(window, f"{screen}, {scheme}", *rules)
    found += [f"{screen}, too wide: {what}" for what in await window.too_wide()]
    found += [f"{screen}, too small: {what}" for what in await window.too_small()]
    return found


@LOOKS
async def test_no_screen_shuts_anybody_out(
    aurora: Place, window: Opens, looks: dict[str, Any]
) -> None:
    nobody = await window(aurora, **looks)
    await nobody.opens("/sign-in")
    await nobody.button(re.compile("Ada Solberg")).wait_for()
    found = await flaws(nobody, "sign-in")
    ada = await window(Person(aurora, "ada", "Ada Solberg"), **looks)
    async for screen in screens(ada):
        found += await flaws(ada, screen)
    assert found == []
