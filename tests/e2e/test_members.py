"""Members, roles and the audit log in the settings, and people brought into a room."""

import re

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens


async def test_a_role_is_given_somebody_banned_and_both_are_in_the_log(
    world: World, window: Opens
) -> None:
    ada = await window(world.ada)
    await ada.opens("/settings/members")
    page = ada.page
    people = page.get_by_role("list", name="Members").get_by_role("listitem")
    await expect(people).to_have_count(5)
    await page.get_by_label("Role of Edda Jónsdóttir").select_option("moderator")
    await expect(page.get_by_role("status").filter(has_text="is now moderator")).to_be_attached()
    await page.get_by_label("Search by name").fill("finn")
    await expect(people).to_have_count(1)
    await ada.button("More about Finn Aasen").click()
    await ada.button("Ban").click()
    sheet = ada.dialog("Ban Finn Aasen")
    await sheet.get_by_label(re.compile("Reason")).fill("Noise.")
    await sheet.get_by_role("button", name="Ban").click()
    await expect(page.get_by_text("Nobody by that name.")).to_be_visible()
    await expect(page.get_by_role("region", name="Banned")).to_contain_text("Finn Aasen")
    await page.get_by_role("link", name="Audit log").click()
    acts = page.get_by_role("list", name="What was done").get_by_role("listitem")
    await expect(acts).to_have_text(
        [re.compile("banned Finn Aasen"), re.compile("changed the role of Edda")]
    )


async def test_a_decision_counts_in_an_open_room(world: World, window: Opens) -> None:
    ada, edda = await window(world.ada), await window(world.edda, world.commons)
    await expect(edda.composer).to_be_visible()
    await ada.opens("/settings/roles")
    await ada.page.get_by_role("combobox").select_option("room_member")
    await ada.page.get_by_role("checkbox", name="post messages").uncheck()
    await expect(edda.composer).to_have_count(0)
    await ada.page.get_by_role("checkbox", name="post messages").check()
    await expect(edda.composer).to_be_visible()


async def test_somebody_is_added_made_moderator_and_taken_out(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    await ada.button(re.compile("^People")).click()
    await ada.button("Add people").click()
    await ada.dialog("Add people").get_by_role("button", name="Add Finn Aasen").click()
    await expect(ada.dialog("Add people").get_by_text("Added")).to_be_visible()
    await ada.page.keyboard.press("Escape")
    row = ada.panel("People").get_by_role("listitem").filter(has_text="Finn Aasen")
    await row.get_by_role("button", name="More about Finn Aasen").click()
    await ada.button("Make moderator").click()
    await expect(row).to_contain_text("moderator")
    await row.get_by_role("button", name="More about Finn Aasen").click()
    await ada.button("Take out of the room").click()
    await expect(row).to_have_count(0)


async def test_a_member_sees_members_and_nothing_to_decide(world: World, window: Opens) -> None:
    edda = await window(world.edda)
    await edda.opens("/settings/members")
    people = edda.page.get_by_role("list", name="Members").get_by_role("listitem")
    await expect(people).to_have_count(5)
    await expect(edda.page.get_by_label(re.compile("^Role of"))).to_have_count(0)
    await expect(edda.page.get_by_role("link", name="Audit log")).to_have_count(0)
