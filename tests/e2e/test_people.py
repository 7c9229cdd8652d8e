"""Who is here, who types, who joins."""

import re

from playwright.async_api import Locator, expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window


def people(window: Window, title: str) -> Locator:
    """The people of a group of the panel: `Here now`, `Reading along` or `Away`."""
    groups = window.panel("People").locator("section")
    return groups.filter(has_text=re.compile(f"^{title}")).get_by_role("listitem")


async def test_one_sees_the_other_type_until_the_message_is_there(
    world: World, window: Opens
) -> None:
    ada, ben = await window(world.ada, world.commons), await window(world.ben, world.commons)
    typing = ben.page.get_by_text("Ada Solberg is typing")
    await ada.composer.press_sequentially("I thi")
    await expect(typing).to_be_visible()
    await expect(ada.page.get_by_text("is typing")).to_have_count(0)
    await ada.writes("I think so.")
    await ben.sees("I think so.")
    await expect(typing).to_have_count(0)


async def test_the_panel_tells_who_is_here_and_who_is_away(world: World, window: Opens) -> None:
    ada, ben = await window(world.ada, world.commons), await window(world.ben, world.commons)
    await ada.button("People, 2 people here").click()
    await expect(people(ada, "Here now")).to_have_count(2)
    dot = people(ada, "Here now").filter(has_text="Ben Okafor").locator(".here")
    await expect(dot).to_be_visible()
    await ben.page.close()
    await expect(people(ada, "Here now")).to_have_text([re.compile("Ada Solberg.*you.*")])
    await expect(people(ada, "Away").filter(has_text="Ben Okafor")).to_be_visible()
    await expect(people(ada, "Away").filter(has_text="Ben Okafor").locator(".here")).to_have_count(
        0
    )
    await expect(ada.button("People, 1 person here")).to_be_visible()


async def test_a_visitor_reads_joins_and_takes_part(world: World, window: Opens) -> None:
    ada, finn = await window(world.ada, world.commons), await window(world.finn, world.commons)
    await ada.writes("The gate code is on the door.")
    await finn.sees("The gate code is on the door.")
    await expect(finn.composer).to_have_count(0)
    await finn.button("Join to take part").click()
    await finn.writes("Hello, I am new.")
    await ada.sees("Hello, I am new.")
    await expect(ada.page.get_by_text("Finn Aasen joined the room")).to_be_visible()
    await expect(
        finn.page.get_by_role("region", name="Your rooms").get_by_role("link")
    ).to_have_text(["Commons"])


async def test_who_leaves_reads_on_but_no_longer_takes_part(world: World, window: Opens) -> None:
    cleo = await window(world.cleo, world.commons)
    await cleo.button(re.compile("^People")).click()
    await cleo.button("Leave the room").click()
    await cleo.enters(world.commons)
    await expect(cleo.button("Join to take part")).to_be_visible()


async def test_an_outsider_does_not_find_the_room(world: World, window: Opens) -> None:
    dov = await window(world.dov)
    dov.expects("status of 404", "WebSocket connection to .* failed")
    await dov.opens(f"/rooms/{world.board}")
    await expect(dov.page.get_by_role("heading", name="This room is not here")).to_be_visible()
    await dov.page.get_by_role("link", name="Go to your rooms").click()
    await dov.is_connected()
    assert dov.page.url == f"{dov.address}/rooms/{world.far_room}"
