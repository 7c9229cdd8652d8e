"""What the filters hold and flag: its author sees that it waits, a moderator decides."""

import asyncio

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.person import Person

RULES = [
    {"words": ["boat*"], "then": "hold", "reason": "Advertising is looked at first."},
    {"words": ["fog"], "then": "flag", "reason": "Weather."},
]
PATIENCE_S = 10.0
PHONE = {"width": 390, "height": 844}


async def listed(world: World, count: int) -> None:
    """Wait until so many are: the room's copies come some seconds later."""
    async with asyncio.timeout(PATIENCE_S):
        while len((await world.ada.gets("/api/reviews"))["reviews"]) < count:
            pass


async def moderates(world: World, person: Person, room: str) -> None:
    """Make somebody who is in a room its moderator."""
    inside = f"/api/rooms/{room}/members/{person.id}"
    answer = await world.ada.asks("PATCH", inside, json={"role": "moderator"})
    assert answer.is_success, answer.text


async def test_who_moderates_a_room_finds_what_waits_in_it_alone(
    world: World, window: Opens
) -> None:
    await world.ada.asks("PUT", "/api/community/filters", json={"rules": RULES})
    ada = await window(world.ada, world.commons)
    await ada.composer.fill("Boats for rent")
    await ada.page.keyboard.press("Enter")
    await ada.enters(world.board)
    await ada.composer.fill("Boats of the board")
    await ada.page.keyboard.press("Enter")
    await listed(world, 2)
    edda = await window(world.edda, viewport=PHONE)
    await edda.opens("/settings/review")
    await expect(
        edda.page.get_by_role("status").filter(has_text="You may not set this here.")
    ).to_be_visible()
    await moderates(world, world.edda, world.commons)
    await edda.opens("/settings")
    await edda.page.get_by_role("link", name="Review 1 wait for you").click()
    rows = edda.page.get_by_test_id("review")
    await expect(rows).to_have_count(1)
    await rows.filter(has_text="for rent").get_by_role("button", name="Let in").click()
    empty = edda.page.get_by_text("Nothing waits. What the filters flag or hold in Commons")
    await expect(empty).to_be_focused()
    assert await edda.too_wide() == []


async def test_who_reviews_sees_what_comes_and_goes_as_it_happens(
    world: World, window: Opens
) -> None:
    await world.ada.asks("PUT", "/api/community/filters", json={"rules": RULES})
    ada, ben = await window(world.ada), await window(world.ben, world.commons)
    edda = await window(world.edda, world.commons, viewport=PHONE)
    await ada.opens("/settings/review")
    await expect(ada.page.get_by_text("Nothing waits.")).to_be_visible()
    await edda.composer.fill("Boats for rent")
    await edda.page.keyboard.press("Enter")
    rows, line = ada.page.get_by_test_id("review"), ben.page.get_by_test_id("review-line")
    await expect(rows).to_have_count(1)
    await expect(ada.page.get_by_role("link", name="Review 1 wait for you")).to_be_visible()
    await expect(line).to_contain_text("1 message waits for a look.")
    await expect(edda.page.get_by_test_id("review-line")).to_have_count(0)
    await line.get_by_role("link", name="Review").click()
    await expect(ben.page.get_by_test_id("review")).to_have_count(1)
    await edda.page.get_by_role("button", name="Withdraw").click()
    await expect(rows).to_have_count(0)
    await expect(ben.page.get_by_test_id("review")).to_have_count(0)
    await edda.composer.fill("Fog tonight")
    await edda.page.keyboard.press("Enter")
    await rows.get_by_role("button", name="Looked at").click()
    await expect(ben.page.get_by_text("Nothing waits.")).to_be_visible()


async def test_its_author_withdraws_what_waits(world: World, window: Opens) -> None:
    await world.ada.asks("PUT", "/api/community/filters", json={"rules": RULES})
    edda = await window(world.edda, world.commons, viewport=PHONE)
    for text in ("Boats for rent", "Boats for sale"):
        await edda.composer.fill(text)
        await edda.page.keyboard.press("Enter")
    await listed(world, 2)
    withdraw = edda.page.get_by_role("button", name="Withdraw")
    await withdraw.first.click()
    await expect(edda.line("Boats for rent")).to_have_count(0)
    await expect(edda.page.get_by_role("region", name="Messages")).to_be_focused()
    await expect(edda.line("Boats for sale")).to_have_attribute("data-state", "held")
    await edda.page.reload()
    await edda.is_connected()
    await expect(withdraw).to_have_count(1)
    await expect(edda.line("Boats for rent")).to_have_count(0)
    assert await edda.too_wide() == []


async def test_what_is_held_is_let_in_or_declined_with_a_reason(
    world: World, window: Opens
) -> None:
    await world.ada.asks("PUT", "/api/community/filters", json={"rules": RULES})
    ben = await window(world.ben, world.commons)
    for text in ("Boats for rent", "Boats for sale", "Fog tonight"):
        await ben.composer.fill(text)
        await ben.page.keyboard.press("Enter")
    await expect(ben.page.get_by_text("A moderator looks at this first.")).to_have_count(2)
    await expect(ben.line("Fog tonight")).to_have_attribute("data-state", "sent")
    await ben.page.reload()
    await ben.is_connected()
    await expect(ben.page.get_by_text("A moderator looks at this first.")).to_have_count(2)
    await listed(world, 3)
    ada = await window(world.ada, viewport=PHONE)
    rows = ada.page.get_by_test_id("review")
    await ada.opens("/settings/review")
    await expect(rows).to_have_count(3)
    assert await ada.too_wide() == []
    await rows.filter(has_text="for rent").get_by_role("button", name="Let in").click()
    await expect(rows.first).to_be_focused()
    await expect(ben.line("Boats for rent")).to_have_attribute("data-state", "sent")
    sale = rows.filter(has_text="for sale")
    await sale.get_by_role("button", name="Decline…").click()
    await expect(sale.get_by_label("Reason")).to_be_focused()
    await sale.get_by_label("Reason").fill("One is enough.")
    await sale.get_by_role("button", name="Decline", exact=True).click()
    await expect(ben.line("Boats for sale")).to_contain_text("One is enough.")
    await rows.get_by_role("button", name="Looked at").click()
    await expect(ada.page.get_by_text("Nothing waits.")).to_be_visible()
