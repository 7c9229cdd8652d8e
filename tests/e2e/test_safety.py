"""Blocking, muting, and who may write or invite."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.test_accessibility import serious
from tests.e2e.test_invitations import LOOKS
from tests.e2e.test_screens import pictured
from tests.e2e.window import Window

FOLDED = "1 message of somebody you do not want to read"


async def opens_people(window: Window) -> None:
    await window.button(re.compile("^People")).click()
    await expect(window.panel("People").get_by_role("listitem").first).to_be_visible()


async def test_who_is_blocked_is_folded_and_each_is_hidden_from_the_other(
    world: World, window: Opens
) -> None:
    await world.ben.opens(world.commons)
    await world.ben.posts("You again.")
    edda = await window(world.edda, world.commons)
    await edda.sees("You again.")
    await opens_people(edda)
    await expect(edda.button("People, 2 people here")).to_be_visible()
    await edda.button("More about Ben Okafor").click()
    await edda.button("Block").click()
    await expect(edda.page.get_by_text(FOLDED)).to_be_visible()
    await expect(edda.line("You again.")).to_have_count(0)
    await expect(edda.button("People, 1 person here")).to_be_visible()
    await edda.button("Show").click()
    await edda.sees("You again.")
    ben = await window(world.ben, world.commons)
    await expect(ben.button("People, 1 person here")).to_be_visible()
    await edda.opens("/settings/safety")
    await edda.button("Unblock Ben Okafor").click()
    await expect(edda.page.get_by_text("You blocked nobody.")).to_be_visible()
    await edda.enters(world.commons)
    await edda.sees("You again.")


async def test_who_is_muted_is_folded_and_stays_there(world: World, window: Opens) -> None:
    await world.ben.opens(world.commons)
    await world.ben.posts("And another thing.")
    edda = await window(world.edda, world.commons)
    await opens_people(edda)
    await edda.button("More about Ben Okafor").click()
    await edda.button("Mute").click()
    await expect(edda.page.get_by_text(FOLDED)).to_be_visible()
    await expect(edda.button("People, 2 people here")).to_be_visible()
    await edda.button("More about Ben Okafor").click()
    await edda.button("Unmute").click()
    await edda.sees("And another thing.")


@pytest.mark.parametrize(("width", "looks"), LOOKS, ids=["desk", "phone"])
async def test_who_may_write_is_chosen_and_kept(
    world: World, window: Opens, width: int, looks: dict[str, Any]
) -> None:
    await world.edda.asks("PUT", f"/api/me/blocks/{world.ben.id}")
    edda = await window(world.edda, **looks)
    await edda.opens("/settings/safety")
    choice = edda.page.get_by_label("Who may write to me directly")
    await choice.select_option("People in one of my rooms")
    await expect(edda.page.get_by_text("Saved")).to_be_visible()
    found = await pictured(edda, "safety", width) + await serious(edda, "safety")
    await edda.page.reload()
    await expect(choice).to_have_value("people_of_my_rooms")
    await edda.enters(world.commons)
    await opens_people(edda)
    await edda.button("More about Ben Okafor").click()
    found += await pictured(edda, "person-acts", width) + await serious(edda, "person acts")
    assert found == []
