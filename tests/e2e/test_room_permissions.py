"""The panel in which a room decides for itself."""

import re

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.test_phone import PHONE
from tests.e2e.window import Window

NAME = "Roles and permissions"


async def opens_the_panel(window: Window) -> None:
    await window.button(NAME).click()
    await expect(window.panel(NAME).get_by_role("combobox")).to_be_visible()


async def test_a_room_decides_and_goes_back_to_the_community(world: World, window: Opens) -> None:
    ada, edda = await window(world.ada, world.commons), await window(world.edda, world.commons)
    await opens_the_panel(ada)
    panel = ada.panel(NAME)
    await expect(panel.get_by_role("combobox")).to_have_value("room_member")
    await panel.get_by_role("checkbox", name="post messages").uncheck()
    await expect(panel.get_by_text("Decided here")).to_be_visible()
    await expect(edda.composer).to_have_count(0)
    await panel.get_by_role("button", name="Reset: post messages").click()
    await expect(panel.get_by_text("Decided here")).to_have_count(0)
    await expect(panel.get_by_role("checkbox", name="post messages")).to_be_checked()
    await expect(edda.composer).to_be_visible()
    await expect(edda.button(NAME)).to_have_count(0)


async def test_all_decisions_for_a_role_go_at_once(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons, **PHONE)
    await opens_the_panel(ada)
    panel = ada.panel(NAME)
    for doing in ("share links", "share graphs"):
        await panel.get_by_role("checkbox", name=doing).uncheck()
    await expect(panel.get_by_text("Decided here")).to_have_count(2)
    assert await ada.too_wide() == []
    await panel.get_by_role("button", name="Reset all 2").click()
    await expect(panel.get_by_text("Decided here")).to_have_count(0)


async def test_what_is_refused_is_said_and_not_ticked(world: World, window: Opens) -> None:
    """Ben gives what he has; when it is taken from him meanwhile, he gives it no more."""
    ben = await window(world.ben, world.commons)
    ben.expects("status of 403")
    await opens_the_panel(ben)
    panel = ben.panel(NAME)
    box = panel.get_by_role("checkbox", name="mention everyone")
    await box.check()
    await expect(panel.get_by_text("Decided here")).to_be_visible()
    await box.uncheck()
    await expect(panel.get_by_text("Decided here")).to_have_count(0)
    for role in ("admin", "room_member"):
        decision = {"role": role, "verb": "mention_everyone", "allowed": False}
        answer = await world.ada.asks(
            "PUT", f"/api/rooms/{world.commons}/permissions", json=decision
        )
        assert answer.status_code == 200, answer.text
    await box.click()
    await expect(panel.get_by_role("alert")).to_have_text("You cannot give what you do not have.")
    await expect(box).not_to_be_checked()


async def test_a_room_s_moderator_stands_in_the_panel(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    await opens_the_panel(ada)
    await ada.panel(NAME).get_by_role("button", name="Choose among the people").click()
    row = ada.panel("People").get_by_role("listitem").filter(has_text="Edda")
    await row.get_by_role("button", name="More about Edda").click()
    await ada.button("Make moderator").click()
    await expect(row).to_contain_text("moderator")
    await opens_the_panel(ada)
    roles = ada.panel(NAME).get_by_role("listitem")
    await expect(roles).to_have_text([re.compile("Edda.*Moderator")])


async def test_the_panel_is_worked_by_keys_alone(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    keys = ada.page.keyboard
    await ada.button(NAME).focus()
    await keys.press("Enter")
    await expect(ada.panel(NAME)).to_be_focused()
    box = ada.panel(NAME).get_by_role("checkbox", name="share links")
    await box.focus()
    await keys.press("Space")
    await expect(ada.panel(NAME).get_by_text("Decided here")).to_be_visible()
    await keys.press("Tab")
    await expect(ada.button("Reset: share links, as in the community")).to_be_focused()
    await keys.press("Enter")
    await expect(ada.panel(NAME).get_by_text("Decided here")).to_have_count(0)
    await expect(box).to_be_focused()
    await keys.press("Escape")
    await expect(ada.button(NAME)).to_be_focused()
