"""The screens on which admins shape their community."""

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens


async def test_a_community_gets_another_name_and_join_rule(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens("/settings/community")
    form = ada.page.get_by_test_id("community-form")
    await form.get_by_label("Name").fill("The Old Shipyard")
    await form.get_by_text("by request", exact=True).click()
    await form.get_by_label("Questions to them").fill("Which house?\n\nSince when?")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_role("status")).to_have_text("Saved.")
    told = await world.ada.gets("/api/community/settings")
    assert (told["name"], told["join_rule"]) == ("The Old Shipyard", "by_request")
    assert told["questions"] == ["Which house?", "Since when?"]


async def test_new_guidelines_are_read_and_accepted_once(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens("/settings/guidelines")
    form = ada.page.get_by_test_id("guidelines-form")
    await form.get_by_role("textbox").fill("Be kind.")
    await form.get_by_role("button", name="Save as a new version").click()
    await expect(form.get_by_role("status")).to_have_text("Saved.")
    ben = await window(world.ben, world.commons, viewport={"width": 390, "height": 844})
    bar = ben.page.get_by_test_id("guidelines-bar")
    await bar.get_by_role("button", name="Read them").click()
    await expect(ben.page.get_by_text("Be kind.")).to_be_visible()
    await ben.page.get_by_role("button", name="Accept").click()
    await expect(bar).to_be_hidden()
    assert (await world.ben.gets("/api/community/guidelines"))["accepted"] == 1


async def test_who_may_not_set_it_does_not_see_it(world: World, window: Opens) -> None:
    ada, edda = await window(world.ada), await window(world.edda)
    for who, seen in ((ada, 1), (edda, 0)):
        await who.opens("/settings")
        link = who.page.get_by_role("link", name="Guidelines")
        await expect(who.page.get_by_role("navigation", name="Settings")).to_be_visible()
        await expect(link).to_have_count(seen)
