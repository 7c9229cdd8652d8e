"""Sharing a knowledge graph in a room."""

import uuid

from playwright.async_api import expect

from demo import seed
from tests.cast import World
from tests.e2e.conftest import Opens

DRAWN = seed.HERE / "graphs" / "3ceaaf30-8142-48ea-91d9-3080f9b439fc.json"


async def draws(world: World) -> str:
    """Ada saves a graph of the demo in this world; its title."""
    graph = seed.read(DRAWN)
    answer = await world.ada.asks("PUT", f"/api/graphs/{uuid.uuid4()}", json=graph)
    assert answer.status_code == 200, answer.text
    return str(graph["metadata"]["title"])


async def test_a_shared_graph_is_a_card_with_a_picture_for_both(
    world: World, window: Opens
) -> None:
    title = await draws(world)
    ada, ben = await window(world.ada, world.commons), await window(world.ben, world.commons)
    await ada.button("Share a knowledge graph").click()
    sheet = ada.dialog("Share a knowledge graph")
    await expect(sheet.get_by_role("button", name="Share in Commons")).to_be_disabled()
    await sheet.get_by_text(title).click()
    await sheet.get_by_label("Comment (optional)").fill("Add what is missing.")
    await sheet.get_by_role("button", name="Share in Commons").click()
    await expect(sheet).to_have_count(0)
    for one in (ada, ben):
        card = one.line("Add what is missing.").get_by_role("figure")
        await expect(card.get_by_role("img", name=f"A picture of {title}")).to_be_visible()
        await expect(card.get_by_text(title)).to_be_visible()
        assert await card.locator("circle").count() > 2
    await ben.sees_in_order(["Add what is missing."])


async def test_a_title_that_no_graph_has_is_said_so(world: World, window: Opens) -> None:
    title = await draws(world)
    ada = await window(world.ada, world.commons)
    await ada.button("Share a knowledge graph").click()
    sheet = ada.dialog("Share a knowledge graph")
    await expect(sheet.get_by_text(title)).to_be_visible()
    await sheet.get_by_role("searchbox", name="Find a graph by title").fill("zeppelin")
    await expect(sheet.get_by_text("No graph has that in its title.")).to_be_visible()
    await expect(sheet.get_by_role("radio")).to_have_count(0)
