"""The screens on which admins shape their community."""

import base64
from typing import Any

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
    "RU5ErkJggg=="
)
LOGO: Any = {"name": "logo.png", "mimeType": "image/png", "buffer": base64.b64decode(PIXEL)}


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


async def test_where_guidelines_come_first_the_composer_says_so(
    world: World, window: Opens
) -> None:
    ada, ben = await window(world.ada), await window(world.ben, world.commons)
    await ben.composer.fill("Half a thought")
    await world.ada.asks(
        "PUT", "/api/community/guidelines", json={"text": "Be kind.", "version": 0}
    )
    await ada.opens("/settings/guidelines")
    await ada.page.get_by_label("Nobody writes before they").check()
    await expect(ada.page.get_by_role("status")).to_have_text("Saved.")
    line = ben.page.get_by_test_id("guidelines-line")
    await line.get_by_role("button", name="Read and accept").click()
    await ben.page.get_by_role("button", name="Accept", exact=True).click()
    await expect(line).to_be_hidden()
    await expect(ben.composer).to_have_value("Half a thought")
    await ben.composer.press("Enter")
    await ben.sees("Half a thought")


async def test_what_is_switched_off_is_not_shown(world: World, window: Opens) -> None:
    ben = await window(world.ben, world.commons)
    catch_up = ben.page.get_by_test_id("catch-up")
    share = ben.button("Share a knowledge graph")
    await catch_up.click()
    summary = ben.panel("Catch me up")
    await expect(summary).to_be_visible()
    for on in (False, True):
        features = {"features": {"graphs": on, "assistant": on}}
        await world.ada.asks("PATCH", "/api/community", json=features)
        for button in (catch_up, share):
            await expect(button).to_have_count(1 if on else 0)
        if not on:
            await expect(summary).to_be_hidden()
    await ben.composer.fill("Still here")
    await ben.composer.press("Enter")
    await ben.sees("Still here")


async def test_who_may_not_set_it_does_not_see_it(world: World, window: Opens) -> None:
    ada, edda = await window(world.ada), await window(world.edda)
    for who, seen in ((ada, 1), (edda, 0)):
        await who.opens("/settings")
        link = who.page.get_by_role("link", name="Guidelines")
        await expect(who.page.get_by_role("navigation", name="Settings")).to_be_visible()
        await expect(link).to_have_count(seen)


async def accent(window: Window) -> str:
    """The colour of the brand as this window shows it."""
    script = "getComputedStyle(document.querySelector('.button.main')).backgroundColor"
    return str(await window.page.evaluate(script))


async def test_two_brands_on_two_hosts(world: World, window: Opens) -> None:
    """Each page arrives in its own look; what the policy refused would be a trouble."""
    ada, dov = await window(world.ada), await window(world.dov)
    await ada.opens("/settings/look")
    form = ada.page.get_by_test_id("look-form")
    await form.get_by_label("Title").fill("The Old Shipyard")
    await form.get_by_label("Colour as #rrggbb").fill("#b4531a")
    await form.get_by_label("CSS of your own").fill("h1 { letter-spacing: 3px; position: fixed }")
    await expect(form.get_by_test_id("dropped")).to_contain_text("position: fixed")
    await form.get_by_label("Logo").locator("input").set_input_files(LOGO)
    await expect(form.get_by_label("Logo").get_by_role("button", name="Remove")).to_be_visible()
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    worn = await accent(ada)
    await ada.opens("/settings/look")
    await expect(form).to_be_visible()
    assert await accent(ada) == worn, "the same whether it was just chosen or came with the page"
    heading = ada.page.get_by_role("heading", name="Look")
    assert await heading.evaluate("one => getComputedStyle(one).letterSpacing") == "3px"
    await ada.opens("/rooms")
    await expect(ada.page.locator("img.logo")).to_be_visible()
    await dov.opens("/settings/look")
    await expect(dov.page.get_by_test_id("look-form")).to_be_visible()
    assert await accent(dov) != worn
    assert await dov.page.locator("img.logo").count() == 0


async def test_somebody_begins_a_community_and_it_is_in_the_directory(
    world: World, window: Opens
) -> None:
    edda = await window(world.edda, viewport={"width": 390, "height": 844})
    slug = f"hofn-{world.here.community_id[-12:]}".lower()
    await edda.opens("/settings/new-community")
    form = edda.page.get_by_test_id("new-community")
    await form.get_by_label("Name").fill("Höfn við þjóðveg")
    await expect(form.get_by_label("In its address")).to_have_value("hofn-vid-thjodveg")
    await form.get_by_label("In its address").fill(slug)
    await form.get_by_role("button", name="Next").click()
    await form.get_by_label("Colour").fill("#b4531a")
    await expect(form.get_by_test_id("look-preview")).to_be_visible()
    await form.get_by_role("button", name="Next").click()
    await form.get_by_label("Its first rooms").fill("Quay\nBoats")
    await form.get_by_role("button", name="Begin").click()
    begun = edda.page.get_by_test_id("begun")
    await expect(begun).to_contain_text(f"chat.{slug}.localhost")
    await edda.opens("/communities")
    await edda.page.get_by_label("Find a community").fill("Höfn við")
    await edda.page.get_by_role("button", name="Find").click()
    listed = edda.page.get_by_test_id("directory").locator(f"a[href*='chat.{slug}.localhost']")
    await expect(listed.last).to_be_visible()  # the first one stands above, among her own


async def test_a_filter_refuses_with_its_reason(world: World, window: Opens) -> None:
    ada, ben = await window(world.ada), await window(world.ben, world.commons)
    await ada.opens("/settings/filters")
    form = ada.page.get_by_test_id("filters-form")
    await form.get_by_role("button", name="Add words").click()
    await form.get_by_label("Words, with commas").fill("casino, free money")
    await form.get_by_label("Reason").fill("No advertising here.")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_role("status")).to_have_text("Saved.")
    await ben.composer.fill("The casino is open")
    await ben.page.keyboard.press("Enter")
    await expect(ben.page.get_by_text("No advertising here.")).to_be_visible()
    await ben.composer.fill("The garden is open")
    await ben.page.keyboard.press("Enter")
    await expect(ben.lines.filter(has_text="The garden is open")).to_be_visible()
