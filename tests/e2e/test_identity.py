"""The settings of a person: what each page shows and does, in the browser."""

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens


async def test_another_browser_is_signed_out(world: World, window: Opens) -> None:
    other = await window(world.ada, world.commons)
    phone = world.window(world.ada)
    phone.cookie = ""
    await other.opens("/settings/devices")
    await expect(other.page.get_by_text("You are signed in here alone")).to_be_visible()
    await phone.signs_in()
    await other.page.reload()
    rows = other.page.get_by_test_id("device")
    await expect(rows).to_have_count(2)
    await other.button("Sign out everywhere else").click()
    await expect(rows).to_have_count(1)
    assert (await phone.asks("GET", "/api/me")).status_code == 401
