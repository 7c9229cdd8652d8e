"""A way that cannot be gone says so, and can be gone later."""

import re

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens


async def test_a_page_that_does_not_come_offline_says_so(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    ada.expects("ERR_INTERNET_DISCONNECTED", "dynamically imported module")
    await ada.opens("/settings/profile")
    await expect(ada.page.get_by_role("textbox", name="Name")).to_have_value("Ada Solberg")
    await ada.context.set_offline(True)
    await ada.page.get_by_role("link", name="Members").click()
    await expect(ada.page.get_by_role("alert")).to_contain_text("This page cannot be reached.")
    await ada.context.set_offline(False)
    await ada.button("Try again").click()
    await expect(ada.page.get_by_role("heading", name="Members", level=1)).to_be_visible()
    await expect(ada.page.get_by_text("This page cannot be reached.")).to_have_count(0)


async def test_who_signs_out_offline_is_told_that_they_are_in(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    ada.expects("ERR_INTERNET_DISCONNECTED")
    await ada.button(re.compile("You:")).click()
    await expect(ada.page.get_by_role("switch", name="Invisible")).to_be_enabled()
    await ada.context.set_offline(True)
    await ada.button("Sign out").click()
    alert = ada.dialog("You").get_by_role("alert")
    await expect(alert).to_contain_text("cannot be reached")
