"""Out of a community for good."""

import re

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens


async def test_a_member_leaves_after_thinking_twice(world: World, window: Opens) -> None:
    edda = await window(world.edda)
    await edda.opens("/settings/leave")
    await edda.button("Leave Home").click()
    sheet = edda.dialog("Leave Home?")
    await expect(sheet.get_by_role("button", name="Stay")).to_be_focused()
    await edda.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await expect(edda.button("Leave Home")).to_be_focused()
    await edda.button("Leave Home").click()
    await sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(edda.page.get_by_label("Your e-mail address")).to_be_visible()
    listed = (await world.ada.gets("/api/members"))["members"]
    assert world.edda.id not in [member["id"] for member in listed]


async def test_an_owner_is_told_what_to_do_first(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens("/settings/leave")
    await expect(ada.page.get_by_text("You own Home")).to_be_visible()
    await expect(ada.button(re.compile("^Leave"))).to_have_count(0)
    await ada.page.get_by_role("link", name="Go to the members").click()
    await expect(ada.page.get_by_role("list", name="Members")).to_be_visible()


async def test_who_became_the_owner_meanwhile_is_told_too(world: World, window: Opens) -> None:
    ben = await window(world.ben)
    ben.expects("status of 403")
    await ben.opens("/settings/leave")
    await ben.button("Leave Home").click()
    answer = await world.ada.asks("POST", f"/api/members/{world.ben.id}/make-owner")
    assert answer.status_code == 204, answer.text
    sheet = ben.dialog("Leave Home?")
    await sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(sheet.get_by_role("alert")).to_have_text(re.compile("Give the ownership"))
