"""The settings of a person: what each page shows and does, in the browser."""

import re

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


async def test_a_profile_is_written_and_its_picture_shown(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens("/settings/profile")
    page = ada.page
    await page.get_by_label("Handle").fill(f"h{world.ada.id[4:]}")
    await page.get_by_label("About you").fill("Plans the year.")
    await page.get_by_label("Your status", exact=True).fill("Sowing")
    await page.get_by_label("Emoji of your status").fill("🌱")
    await page.get_by_label("until").select_option("in an hour")
    drawn = await page.evaluate(DRAWN)
    picture = {"name": "me.png", "mimeType": "image/png", "buffer": bytes(drawn)}
    await page.get_by_label("Choose a picture").first.set_input_files(picture)
    face = page.locator("main .face img")
    await expect(face).to_have_attribute("src", re.compile(f"/avatars/{world.ada.id}/.*webp$"))
    await ada.button("Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    read = await world.ben.gets(f"/api/people/{world.ada.id}")
    assert (read["bio"], read["status"]["text"]) == ("Plans the year.", "Sowing")
    ben = await window(world.ben, world.commons)
    await ada.enters(world.commons)
    await ada.writes("Do you see me?")
    await expect(ben.page.locator(".group .face img")).to_be_visible()


async def test_a_token_is_made_shown_once_and_ended(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens("/settings/tokens")
    await ada.page.get_by_label("What is it for?").fill("Harvest log")
    await ada.page.get_by_label("read rooms").check()
    await ada.button("Make the token").click()
    secret = await ada.page.get_by_test_id("secret").text_content() or ""
    token = {"authorization": f"Bearer {secret}"}
    assert (await world.here.asks("GET", "/api/rooms", headers=token)).status_code == 200
    await ada.page.reload()
    await expect(ada.page.get_by_text("Harvest log")).to_be_visible()
    await expect(ada.page.get_by_text(secret)).to_have_count(0)
    await ada.button("End the token Harvest log").click()
    await expect(ada.page.get_by_text("Harvest log")).to_have_count(0)
    assert (await world.here.asks("GET", "/api/rooms", headers=token)).status_code == 401


async def test_another_address_by_its_link(world: World, window: Opens) -> None:
    new = f"new@{world.here.domain}"
    ada = await window(world.ada)
    await ada.opens("/settings/email")
    await ada.page.get_by_label("New e-mail address").fill(new)
    await ada.button("Send a link").click()
    await expect(ada.page.get_by_text(f"A link is on its way to {new}")).to_be_visible()
    [mail] = [
        one for one in (await world.ada.gets("/api/local/mailbox"))["mails"] if one["to"] == new
    ]
    await ada.opens(mail["link"].removeprefix(ada.address))
    await ada.button("Use the new address").click()
    await expect(ada.page.get_by_label("Your e-mail address")).to_be_visible()
    assert (await world.ada.asks("GET", "/api/me")).status_code == 401


DRAWN = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
  canvas.getContext("2d").fillRect(0, 0, 150, 200);
  const made = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return [...new Uint8Array(await made.arrayBuffer())];
}"""
