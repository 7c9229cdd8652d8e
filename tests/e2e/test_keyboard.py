"""Everything without a mouse."""

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.test_phone import PHONE
from tests.e2e.window import Window

STEPS = 40

FOCUSED = """() => {
  const one = document.activeElement;
  const style = (element) => element && getComputedStyle(element);
  const outlined = (of) => of && of.outlineStyle !== "none" && of.outlineWidth !== "0px";
  const ringed = (of) => of && of.boxShadow !== "none";
  const itself = [style(one), style(one.nextElementSibling)].some(outlined);
  const place = [style(one), style(one.parentElement)].some(ringed);
  return [one.getAttribute("aria-label") || one.textContent.trim() || one.tagName, itself || place];
}"""


async def tabs_to_the_composer(window: Window) -> list[str]:
    """Tab from the first button on; the names of what is passed, each with a visible focus."""
    await expect(window.rooms).to_have_count(2)
    await window.button("Go to a room").focus()
    passed: list[str] = []
    while len(passed) < STEPS:
        await window.page.keyboard.press("Tab")
        name, is_visible = await window.page.evaluate(FOCUSED)
        assert is_visible, f"the focus cannot be seen on {name}"
        passed.append(name)
        if name == "Message to Commons":
            return passed
    raise AssertionError(f"Tab does not reach the composer: {passed}")


async def test_tab_reaches_everything_on_the_way_to_the_composer(
    world: World, window: Opens
) -> None:
    ada = await window(world.ada, world.commons)
    passed = await tabs_to_the_composer(ada)
    expected = ["Create a room", "Commons", "Catch me up"]
    assert [name for name in passed if name in expected] == expected
    await ada.page.keyboard.type("Written without a mouse")
    await ada.page.keyboard.press("Enter")
    await ada.sees("Written without a mouse")


async def test_escape_closes_a_panel_and_gives_the_focus_back(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    people = ada.button("People, 1 person here")
    await people.focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.panel("People")).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(ada.panel("People")).to_have_count(0)
    await expect(people).to_be_focused()


async def test_escape_closes_a_sheet_and_gives_the_focus_back(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    await ada.page.keyboard.press("Control+k")
    await expect(ada.dialog("Go to a room").get_by_role("combobox")).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(ada.dialog("Go to a room")).to_have_count(0)
    await expect(ada.composer).to_be_focused()


async def test_alt_and_arrows_walk_through_the_rooms(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.board)
    await expect(ada.rooms).to_have_count(2)
    await ada.page.keyboard.press("Alt+ArrowDown")
    await expect(ada.page).to_have_url(f"{ada.address}/rooms/{world.commons}")
    await ada.is_connected()
    await ada.page.keyboard.press("Alt+ArrowUp")
    await expect(ada.page).to_have_url(f"{ada.address}/rooms/{world.board}")


async def test_a_question_mark_shows_the_keys_but_not_while_one_writes(
    world: World, window: Opens
) -> None:
    ada = await window(world.ada, world.commons)
    await ada.composer.press("?")
    await expect(ada.composer).to_have_value("?")
    await expect(ada.dialog("Keyboard")).to_have_count(0)
    await ada.composer.blur()
    await ada.page.keyboard.press("?")
    await expect(ada.dialog("Keyboard")).to_be_visible()


async def test_shift_and_enter_begin_a_new_line(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    await ada.composer.fill("One")
    await ada.composer.press("Shift+Enter")
    await ada.page.keyboard.type("two")
    await ada.composer.press("Enter")
    await ada.sees_in_order(["One\ntwo"])


async def test_a_menu_is_opened_walked_and_left_by_keys(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens("/settings/members")
    more, keys = ada.button("More about Finn Aasen"), ada.page.keyboard
    await more.focus()
    for leaves in ("Escape", "Tab"):
        await keys.press("Enter")
        await expect(ada.button("Make owner")).to_be_focused()
        await keys.press("Tab")
        await keys.press("Tab")
        await expect(ada.button("Ban")).to_be_focused()
        await keys.press(leaves)
        await expect(ada.button("Ban")).to_have_count(0)
        await expect(more).to_be_focused()


async def test_on_a_phone_the_focus_goes_into_a_page_and_back(world: World, window: Opens) -> None:
    ada = await window(world.ada, **PHONE)
    await ada.opens("/settings")
    devices = ada.page.get_by_role("link", name="Devices")
    await devices.focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_role("heading", name="Devices")).to_be_focused()
    await ada.page.get_by_role("link", name="All settings").focus()
    await ada.page.keyboard.press("Enter")
    await expect(devices).to_be_focused()
