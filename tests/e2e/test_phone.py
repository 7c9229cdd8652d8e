"""One zone at a time on a phone."""

import re
from typing import Any

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}


async def test_a_phone_shows_one_zone_and_a_way_back(world: World, window: Opens) -> None:
    ada = await window(world.ada, **PHONE)
    await ada.opens("/rooms")
    await expect(ada.rooms).to_have_count(2)
    await ada.rooms.filter(has_text="Commons").tap()
    await ada.is_connected()
    await expect(ada.rooms.first).to_be_hidden()
    await expect(ada.composer).to_be_in_viewport(ratio=1)
    await ada.button(re.compile("^People")).tap()
    whole = {"x": 0, "y": 0, **PHONE["viewport"]}
    assert await ada.panel("People").bounding_box() == whole
    await ada.button("Back to the conversation").tap()
    await expect(ada.composer).to_be_in_viewport(ratio=1)
    await ada.page.get_by_role("link", name="Back to the rooms").tap()
    await expect(ada.rooms.first).to_be_visible()
    await expect(ada.composer).to_be_hidden()


async def test_on_a_phone_the_button_sends_and_enter_breaks_the_line(
    world: World, window: Opens
) -> None:
    ada = await window(world.ada, world.commons, **PHONE)
    await ada.composer.tap()
    await ada.page.keyboard.type("One")
    await ada.page.keyboard.press("Enter")
    await ada.page.keyboard.type("two")
    await ada.page.get_by_test_id("send").tap()
    await ada.sees_in_order(["One\ntwo"])


async def test_what_can_be_touched_is_large_enough(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons, **PHONE)
    touched = ada.page.locator("main").get_by_role("button")
    for number in range(await touched.count()):
        box = await touched.nth(number).bounding_box()
        assert box and min(box["width"], box["height"]) >= 44, await touched.nth(
            number
        ).inner_html()
