"""A line that breaks: nothing is lost, nothing is said twice."""

import re
from contextlib import suppress

from playwright.async_api import TimeoutError as PlaywrightTimeout
from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.line import Line
from tests.e2e.window import Window

SOCKET_REFUSED = r"WebSocket connection to .* failed"


async def notices(window: Window, words: str) -> None:
    await expect(window.connection).to_contain_text(re.compile(words))


async def comes_back(window: Window, line: Line) -> None:
    line.mend()
    with suppress(PlaywrightTimeout):  # on a slow machine it is back by itself before the click
        await window.button("Try now").click(timeout=3_000)
    await window.is_connected()


async def test_both_windows_agree_after_a_line_was_cut(
    world: World, window: Opens, line: Line
) -> None:
    ada = await window(world.ada, world.commons)
    ben = await window(world.ben, world.commons, over=line)
    ben.expects(SOCKET_REFUSED)
    await ada.writes("Before")
    await ben.sees("Before")
    line.cut()
    await notices(ben, "No connection. Trying again…")
    await ada.writes("One", "Two", "Three")
    await ben.writes("Mine", "And mine too")
    await ben.sees("And mine too", "pending")
    await notices(ben, "2 messages wait to be sent.")
    await expect(ben.line("Three")).to_have_count(0)
    await comes_back(ben, line)
    said = ["Before", "One", "Two", "Three", "Mine", "And mine too"]
    await ben.sees_in_order(said)
    await ada.sees_in_order(said)


async def test_a_cut_line_comes_back_by_itself(world: World, window: Opens, line: Line) -> None:
    ben = await window(world.ben, world.commons, over=line)
    line.cut()
    await expect(ben.connection).not_to_have_attribute("data-state", "open")
    line.mend()
    await ben.is_connected()
    await expect(ben.connection).to_be_empty()


async def test_what_is_unsent_survives_a_reload(world: World, window: Opens, line: Line) -> None:
    ada = await window(world.ada, world.commons)
    ben = await window(world.ben, world.commons, over=line)
    ben.expects(SOCKET_REFUSED)
    line.cut()
    await ben.writes("First thought", "Second thought")
    await ben.sees("Second thought", "pending")
    await ben.page.reload()
    await ben.sees("First thought", "pending")
    await ben.sees("Second thought", "pending")
    assert line.refused > 0
    await notices(ben, "Try now")
    await comes_back(ben, line)
    await ben.sees_in_order(["First thought", "Second thought"])
    await ada.sees_in_order(["First thought", "Second thought"])
    await ben.page.reload()
    await ben.sees_in_order(["First thought", "Second thought"])


async def test_who_is_offline_is_told_and_can_go_on_writing(world: World, window: Opens) -> None:
    ada, ben = await window(world.ada, world.commons), await window(world.ben, world.commons)
    ben.expects(SOCKET_REFUSED, "ERR_INTERNET_DISCONNECTED")
    await ben.context.set_offline(True)
    await notices(ben, "You are offline. You can read and write; it is sent when you are back.")
    await ben.writes("From the ferry")
    await ben.sees("From the ferry", "pending")
    await expect(ada.lines).to_have_count(0)
    await ben.context.set_offline(False)
    await ben.sees("From the ferry", "sent")
    await ada.sees_in_order(["From the ferry"])
    await expect(ben.connection).to_be_empty()
