"""Rooms: making one, finding one, and addresses where there is none."""

import re

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window


async def names_a_new_room(window: Window, name: str) -> None:
    await window.button("Create a room").click()
    form = window.dialog("Create a room")
    await form.get_by_role("textbox", name=re.compile("^Name")).fill(name)
    await form.get_by_role("button", name="Create room").click()


async def test_a_new_room_opens_at_once_and_others_find_it(world: World, window: Opens) -> None:
    ada, ben = await window(world.ada, world.commons), await window(world.ben)
    await names_a_new_room(ada, "Boat shed")
    await expect(ada.page.get_by_role("heading", name="Boat shed", level=1)).to_be_visible()
    await ada.is_connected()
    await expect(ada.page.get_by_text("Nothing is said here yet.")).to_be_visible()
    await ada.writes("First word in the shed")
    await ada.sees("First word in the shed")
    await expect(ada.page.get_by_text("This is where the room begins.")).to_be_visible()
    await ben.opens("/")
    await ben.is_connected()
    await ben.page.get_by_role("region", name="Open to join").get_by_text("Boat shed").click()
    await ben.sees("First word in the shed")


async def test_a_name_that_is_taken_is_refused_in_words(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    ada.expects("status of 409 .*/api/rooms")
    await names_a_new_room(ada, "commons")
    form = ada.dialog("Create a room")
    await expect(form.get_by_role("alert")).to_have_text(
        "That name is taken here. Choose another one."
    )
    await expect(form.get_by_role("textbox", name=re.compile("^Name"))).to_have_value("commons")
    await form.get_by_role("textbox", name=re.compile("^Name")).fill("Commons, upper floor")
    await form.get_by_role("button", name="Create room").click()
    await expect(
        ada.page.get_by_role("heading", name="Commons, upper floor", level=1)
    ).to_be_visible()


async def test_the_switcher_finds_a_room_by_its_name(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    await ada.page.keyboard.press("Control+k")
    switcher = ada.dialog("Go to a room")
    await switcher.get_by_role("combobox", name="Room name").fill("nowhere")
    await expect(switcher.get_by_text("No room is called that.")).to_be_visible()
    await switcher.get_by_role("combobox").fill("oar")
    await expect(switcher.get_by_role("option")).to_have_text([re.compile("Board")])
    await ada.page.keyboard.press("Enter")
    await expect(ada.page).to_have_url(f"{ada.address}/rooms/{world.board}")
    await ada.is_connected()
    await expect(switcher).to_have_count(0)
    await expect(ada.page.get_by_role("heading", name="Board", level=1)).to_be_visible()


async def test_a_private_room_is_not_there_for_others(world: World, window: Opens) -> None:
    cleo, ada = await window(world.cleo), await window(world.ada, world.board)
    await expect(ada.rooms).to_have_count(2)
    cleo.expects("status of 404", "WebSocket connection to .* failed")
    await cleo.opens(f"/rooms/{world.board}")
    await expect(cleo.page.get_by_role("heading", name="This room is not here")).to_be_visible()
    await expect(cleo.rooms).to_have_count(1)


async def test_an_address_with_nothing_says_so(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens("/no/such/page")
    await expect(
        ada.page.get_by_role("heading", name="There is nothing at this address")
    ).to_be_visible()
    await ada.page.get_by_role("link", name="Go to your rooms").click()
    await ada.is_connected()
