"""Every screen, light and dark, before axe: what it calls serious or critical is not there."""

import re

import pytest

from run.steps import ROOT
from tests.e2e.conftest import Opens
from tests.e2e.test_phone import PHONE
from tests.e2e.test_screens import screens
from tests.e2e.window import Window
from tests.person import Person
from tests.place import Place

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)"""


async def serious(window: Window, screen: str) -> list[str]:
    """What axe finds on a screen, once its colours have come to rest."""
    page = window.page
    await page.evaluate(
        "Promise.all(document.getAnimations().map(one => one.finished)).then(() => 0)"
    )
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    return [f"{screen}: {what}" for what in await page.evaluate(SERIOUS)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_screen_shuts_anybody_out(aurora: Place, window: Opens, scheme: str) -> None:
    looks = {**PHONE, "color_scheme": "light"} if scheme == "light" else {"color_scheme": "dark"}
    nobody = await window(aurora, **looks)
    await nobody.opens("/sign-in")
    await nobody.button(re.compile("Ada Solberg")).wait_for()
    found = await serious(nobody, "sign-in")
    ada = await window(Person(aurora, "ada", "Ada Solberg"), **looks)
    async for screen in screens(ada):
        found += await serious(ada, screen)
    assert found == []
