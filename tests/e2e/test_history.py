"""What was said before: older pages, links to messages, and where one left off."""

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window

OLD = 300
WORDS = "Berth {} is swept. The rope there is new, and somebody should look at the ring."

FIRST_VISIBLE = """(box) => {
  const edge = box.getBoundingClientRect().top;
  const lines = [...box.querySelectorAll("[data-testid=message-line]")];
  const line = lines.find((one) => one.getBoundingClientRect().top >= edge);
  return [line.dataset.seq, line.getBoundingClientRect().top];
}"""
PLACE = """([box, seq]) => box.querySelector(`[data-seq="${seq}"]`).getBoundingClientRect().top"""


async def seqs(window: Window) -> list[int]:
    found: list[str] = await window.lines.evaluate_all("lines => lines.map(l => l.dataset.seq)")
    return [int(seq) for seq in found]


async def test_older_pages_load_above_and_nothing_jumps(world: World, window: Opens) -> None:
    await world.imports(world.commons, world.edda, [WORDS.format(n) for n in range(1, OLD + 1)])
    ada = await window(world.ada, world.commons)
    await expect(ada.at(OLD)).to_be_in_viewport()
    box = await ada.page.get_by_role("region", name="Messages").element_handle()
    assert box is not None
    moves, oldest = 0, (await seqs(ada))[0]
    assert oldest > 1
    while oldest > 1:
        await box.evaluate("box => { box.scrollTop = 400; }")
        seq, top = await box.evaluate(FIRST_VISIBLE)
        await expect(ada.at(oldest - 1)).to_be_attached()
        moves += abs(await ada.page.evaluate(PLACE, [box, seq]) - top) > 1
        oldest = (await seqs(ada))[0]
    assert moves == 0
    assert await seqs(ada) == list(range(1, OLD + 1))


async def test_a_link_to_a_message_shows_it_and_leads_back_to_the_latest(
    world: World, window: Opens
) -> None:
    await world.imports(world.commons, world.edda, [WORDS.format(n) for n in range(1, OLD + 1)])
    ada = await window(world.ada)
    await ada.enters(world.commons, "?m=40")
    await expect(ada.at(40)).to_be_in_viewport()
    await expect(ada.at(40)).to_be_focused()
    await expect(ada.at(OLD)).to_have_count(0)
    await ada.button("To the latest").click()
    await expect(ada.at(OLD)).to_be_in_viewport()


async def test_a_link_to_a_message_that_is_not_there_opens_the_room(
    world: World, window: Opens
) -> None:
    await world.imports(world.commons, world.edda, [WORDS.format(1), WORDS.format(2)])
    ada = await window(world.ada)
    await ada.enters(world.commons, "?m=9000")
    await expect(ada.at(2)).to_be_in_viewport()
    await ada.writes("So be it.")
    await ada.sees("So be it.")


async def test_who_reads_above_is_told_of_news_below(world: World, window: Opens) -> None:
    await world.imports(world.commons, world.edda, [WORDS.format(n) for n in range(1, 46)])
    ada = await window(world.ada, world.commons)
    await ada.at(1).scroll_into_view_if_needed()
    await world.ben.opens(world.commons)
    await world.ben.posts("Down here")
    await expect(ada.at(1)).to_be_in_viewport()
    await ada.button("1 new message").click()
    await expect(ada.line("Down here")).to_be_in_viewport()
    await expect(ada.button("1 new message")).to_have_count(0)


async def test_the_line_new_stands_where_one_left_off(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    await ada.writes("I am off to the ferry.")
    await ada.sees("I am off to the ferry.")
    await ada.opens("/mailbox")
    await world.ben.opens(world.commons)
    await world.ben.posts("While you were away")
    await ada.enters(world.commons)
    rows = ada.page.get_by_role("log").locator("[data-testid=message-line] .text, [data-row=new]")
    await expect(rows).to_have_text(["I am off to the ferry.", "New", "While you were away"])


async def test_the_beginning_of_a_room_stays_above_its_first_message(
    world: World, window: Opens
) -> None:
    ada = await window(world.ada, world.commons)
    await ada.writes("First word")
    await ada.sees("First word")
    beginning = ada.page.get_by_text("This is where the room begins.")
    await expect(beginning).to_be_visible()
    await ada.writes("Second word")
    await ada.sees("Second word")
    await expect(beginning).to_be_visible()
