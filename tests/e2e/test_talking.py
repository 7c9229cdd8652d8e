"""Two people at two windows."""

import statistics

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.line import Line
from tests.e2e.window import Window

WARM_UP, MEASURED, MEDIAN_MS = 5, 20, 100

NOTE_ENTER = """() => {
  window.entered = [];
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") window.entered.push(performance.timeOrigin + performance.now());
  }, true);
}"""
NOTE_ARRIVAL = """() => {
  window.arrived = {};
  const look = () => {
    for (const line of document.querySelectorAll("[data-testid=message-line]")) {
      window.arrived[line.dataset.seq] ??= performance.timeOrigin + performance.now();
    }
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""


async def test_what_one_writes_the_other_reads(world: World, window: Opens) -> None:
    ada, ben = await window(world.ada, world.commons), await window(world.ben, world.commons)
    await ada.writes("Who brings the long ladder?")
    await ben.sees("Who brings the long ladder?")
    await ben.writes("I do. It costs nothing.")
    await ada.sees("I do. It costs nothing.")
    said = ["Who brings the long ladder?", "I do. It costs nothing."]
    await ada.sees_in_order(said)
    await ben.sees_in_order(said)
    await expect(ben.page.get_by_role("log")).to_contain_text("Ada Solberg")
    await expect(ada.composer).to_have_value("")


async def test_a_message_is_there_for_the_other_within_100_ms(world: World, window: Opens) -> None:
    ada, ben = await window(world.ada, world.commons), await window(world.ben, world.commons)
    took = (await delays(ada, ben, WARM_UP + MEASURED))[WARM_UP:]
    p50, p95 = statistics.median(took), sorted(took)[int(len(took) * 0.95) - 1]
    print(f"\nfrom Enter to the other window: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    assert p50 < MEDIAN_MS, [round(ms) for ms in took]


async def delays(writer: Window, reader: Window, count: int) -> list[float]:
    """From the Enter key in one window to the line in the other's page, in ms, for each message."""
    await writer.page.evaluate(NOTE_ENTER)
    await reader.page.evaluate(NOTE_ARRIVAL)
    for number in range(1, count + 1):
        await writer.writes(f"Number {number} of {count}")
        await expect(reader.at(number)).to_be_attached()
    entered = await writer.page.evaluate("window.entered")
    arrived = await reader.page.evaluate("window.arrived")
    return [arrived[str(seq)] - at for seq, at in enumerate(entered, start=1)]


async def test_ones_own_message_is_there_at_once_and_settles_when_stored(
    world: World, window: Opens, line: Line
) -> None:
    ada = await window(world.ada, world.commons, over=line)
    line.hold()
    await ada.writes("Is anybody there?")
    await ada.sees("Is anybody there?", "pending")
    await expect(ada.line("Is anybody").get_by_role("img", name="Sending")).to_be_visible()
    line.release()
    await ada.sees("Is anybody there?", "sent")
    await expect(ada.line("Is anybody").get_by_role("img", name="Sending")).to_have_count(0)
    await ada.sees_in_order(["Is anybody there?"])


async def test_a_message_that_is_too_long_stays_in_the_composer(
    world: World, window: Opens
) -> None:
    ada = await window(world.ada, world.commons)
    await ada.writes("x" * 9_000)
    await expect(ada.page.get_by_role("alert")).to_have_text(
        "1,000 characters too long. Shorten it or send it in parts."
    )
    await expect(ada.page.get_by_test_id("send")).to_be_disabled()
    await ada.page.reload()
    await expect(ada.composer).to_have_value("x" * 9_000)
    await expect(ada.lines).to_have_count(0)
    await ada.writes("ø" * 8_000)
    await ada.sees_in_order(["ø" * 8_000])


async def test_who_writes_faster_than_the_room_allows_waits_and_loses_nothing(
    world: World, window: Opens
) -> None:
    slow = '{"pace": {"burst": 2, "per_second": 4}}'
    sql = "UPDATE chat_rooms SET settings = ? WHERE id = ?"
    assert world.platform.change(sql, slow, world.commons) == 1
    ada = await window(world.ada, world.commons)
    said = [f"Thought {number}" for number in range(6)]
    await ada.writes(*said)
    await ada.sees("Thought 5", "pending")
    await ada.sees_in_order(said)


async def test_a_refused_message_says_why_and_can_be_deleted(world: World, window: Opens) -> None:
    ada, ben = await window(world.ada, world.commons), await window(world.ben, world.commons)
    await ada.writes("\x07")  # a bell: something to the browser, nothing to the room
    failed = ada.lines.filter(has_text="Not sent.")
    await expect(failed).to_contain_text("There is nothing to send.")
    await expect(failed).to_have_attribute("data-state", "failed")
    await failed.get_by_role("button", name="Retry").click()
    await ada.writes("Something, then")
    await expect(failed).to_contain_text("There is nothing to send.")
    await failed.get_by_role("button", name="Delete").click()
    await ada.sees_in_order(["Something, then"])
    await ben.sees_in_order(["Something, then"])
