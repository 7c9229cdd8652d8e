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


async def test_who_is_blocked_is_hidden_and_so_are_they_from_them(
    world: World, window: Opens
) -> None:
    await world.finn.asks("POST", f"/api/rooms/{world.commons}/join")
    await world.finn.opens(world.commons)
    await world.finn.posts("You again.")
    edda = await window(world.edda, world.commons)
    await edda.sees("You again.")
    await opens_people(edda)
    await expect(edda.button("People, 2 people here")).to_be_visible()
    await edda.button("More about Finn Aasen").click()
    await edda.button("Block").click()
    await expect(edda.line("You again.")).to_have_count(0)
    await expect(edda.button("People, 1 person here")).to_be_visible()
    finn = await window(world.finn, world.commons)
    await expect(finn.button("People, 1 person here")).to_be_visible()
    await edda.writes("Peace at last.")
    await edda.sees("Peace at last.")
    await finn.writes("Can you hear me?")
    await finn.sees_in_order(["You again.", "Can you hear me?"])
    await edda.sees_in_order(["Peace at last."])
    settings = await window(world.edda)
    await settings.opens("/settings/safety")
    await settings.button("Unblock Finn Aasen").click()
    await expect(settings.page.get_by_text("You blocked nobody.")).to_be_visible()
    for one in (edda, finn):
        await one.sees_in_order(["You again.", "Peace at last.", "Can you hear me?"])
        await expect(one.button("People, 2 people here")).to_be_visible()


async def test_a_moderator_may_open_what_somebody_blocked_says(world: World, window: Opens) -> None:
    cleo = await window(world.cleo, world.commons)
    await world.cleo.asks("PUT", f"/api/me/blocks/{world.edda.id}")
    await world.edda.opens(world.commons)
    await world.edda.posts("Look at this.")
    await cleo.page.reload()
    await expect(cleo.page.get_by_text(FOLDED)).to_be_visible()
    await expect(cleo.line("Look at this.")).to_have_count(0)
    await cleo.button("Show").click()
    await cleo.sees("Look at this.")


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
async def test_who_is_invisible_is_told_of_to_nobody_and_sees_so_themselves(
    world: World, window: Opens, width: int, looks: dict[str, Any]
) -> None:
    ada = await window(world.ada, world.commons)
    edda = await window(world.edda, **looks)
    await world.edda.opens(world.commons)
    await expect(ada.button("People, 2 people here")).to_be_visible()
    await edda.opens("/")
    if width < 720:
        await edda.opens("/rooms")
    await edda.button(re.compile("^You:")).click()
    switch = edda.page.get_by_role("switch", name="Invisible")
    await expect(switch).to_be_enabled()
    await switch.focus()
    await edda.page.keyboard.press("Space")
    await expect(switch).to_be_checked()
    await expect(ada.button("People, 1 person here")).to_be_visible()
    await expect(edda.button(re.compile("^You:.*Invisible"))).to_be_visible()
    found = await pictured(edda, "invisible", width) + await serious(edda, "invisible")
    await edda.opens("/settings/profile")
    await expect(switch).to_be_checked()
    found += await pictured(edda, "profile-invisible", width)
    await edda.page.get_by_text("Invisible", exact=True).click()
    await expect(switch).not_to_be_checked()
    await expect(ada.button("People, 2 people here")).to_be_visible()
    assert found == []


async def test_a_room_is_muted_by_keyboard(world: World, window: Opens) -> None:
    edda = await window(world.edda, world.commons)
    await edda.button("More about Commons").focus()
    await edda.page.keyboard.press("Enter")
    await expect(edda.button("Mute the room")).to_be_focused()
    found = await pictured(edda, "room-acts", 1440) + await serious(edda, "room acts")
    await edda.page.keyboard.press("Enter")
    muted = edda.button("More about Commons, muted")
    await expect(muted).to_be_focused()
    await edda.composer.focus()
    found += await pictured(edda, "room-muted", 1440) + await serious(edda, "room muted")
    await edda.page.reload()
    await muted.press("Enter")
    await edda.button("Unmute the room").click()
    await expect(edda.button("More about Commons")).to_be_visible()
    assert found == []


@pytest.mark.parametrize(("width", "looks"), LOOKS, ids=["desk", "phone"])
async def test_who_may_invite_is_chosen_and_kept(
    world: World, window: Opens, width: int, looks: dict[str, Any]
) -> None:
    await world.edda.asks("PUT", f"/api/me/blocks/{world.ben.id}")
    edda = await window(world.edda, **looks)
    await edda.opens("/settings/safety")
    choice = edda.page.get_by_label(re.compile("Who may invite me"))
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
