"""Catch me up: sentences that lead to what they rest on."""

from playwright.async_api import expect

from demo import seed
from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window

GARDEN = [content for _, _, content in seed.read(seed.HERE / "conversations" / "garden.json")]


async def catches_up(window: Window) -> None:
    await window.page.get_by_test_id("catch-up").click()
    await expect(window.button("Sum up again")).to_be_visible()


async def test_every_sentence_leads_to_its_messages(world: World, window: Opens) -> None:
    await world.imports(world.commons, world.edda, GARDEN)
    ada = await window(world.ada, world.commons)
    await catches_up(ada)
    panel = ada.panel("Catch me up")
    sentences = panel.get_by_role("listitem")
    count = await sentences.count()
    assert count > 1
    for number in range(count):
        link = sentences.nth(number).get_by_test_id("summary-link").first
        seq = int(await link.get_attribute("data-seq") or 0)
        await link.click()
        await expect(ada.at(seq)).to_be_in_viewport()
        await expect(ada.at(seq)).to_be_focused()
        await expect(ada.page.locator(".lit")).to_have_attribute("data-seq", str(seq))
    await ada.page.keyboard.press("Escape")
    await expect(panel).to_have_count(0)


async def test_a_source_that_is_far_above_is_fetched(world: World, window: Opens) -> None:
    chatter = [f"Aye, number {number}." for number in range(90)]
    await world.imports(world.commons, world.edda, [*GARDEN, *chatter])
    ada = await window(world.ada, world.commons)
    await catches_up(ada)
    links = ada.panel("Catch me up").get_by_test_id("summary-link")
    cited = await links.evaluate_all("links => links.map(link => Number(link.dataset.seq))")
    far = min(cited)
    assert far <= len(GARDEN)
    await expect(ada.at(far)).to_have_count(0)
    await ada.page.locator(f"[data-testid=summary-link][data-seq='{far}']").first.click()
    await expect(ada.at(far)).to_be_in_viewport()


async def test_a_silent_room_has_nothing_to_sum_up(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    await catches_up(ada)
    await expect(ada.panel("Catch me up")).to_contain_text("Nothing to sum up yet.")
