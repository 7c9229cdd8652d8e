"""Coming in, and going out."""

import re

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window


async def asks_for_a_link(window: Window, email: str) -> None:
    await window.page.get_by_label("Your e-mail address").fill(email)
    await window.button("Send me a link").click()
    await expect(window.page.get_by_role("heading", name="Look in your mail")).to_be_visible()


async def follows_the_link(window: Window, email: str) -> str:
    """Open the mail and its link; where it led, for the page takes the token out of its address."""
    await window.page.get_by_role("link", name="Open the local mailbox").click()
    mail = window.page.get_by_role("listitem").filter(has_text=f"To {email}")
    link = mail.get_by_role("link", name="Open the link").first
    address = await link.get_attribute("href") or ""
    await link.click()
    await expect(window.button("Continue")).to_be_visible()
    await expect(window.page).to_have_url(f"{window.address}/sign-in")
    return address


async def test_a_local_person_comes_in_with_one_click(world: World, window: Opens) -> None:
    nobody = await window(world.here)
    await nobody.opens("/")
    await nobody.button(re.compile("Sign in as.*Ben Okafor")).click()
    await nobody.is_connected()
    await expect(nobody.button(re.compile("You:.*Ben Okafor"))).to_be_visible()
    await expect(nobody.composer).to_be_focused()


async def test_a_link_by_mail_leads_where_one_wanted_to_go(world: World, window: Opens) -> None:
    email = f"{world.edda.id}@example.org"
    nobody = await window(world.here)
    await nobody.opens(f"/rooms/{world.commons}?m=1")
    await asks_for_a_link(nobody, email)
    await follows_the_link(nobody, email)
    await nobody.button("Continue").click()
    await expect(nobody.page).to_have_url(f"{nobody.address}/rooms/{world.commons}?m=1")
    await nobody.is_connected()


async def test_a_used_link_says_so_and_what_to_do(world: World, window: Opens) -> None:
    email = f"{world.cleo.id}@example.org"
    first = await window(world.here)
    first.expects("status of 410")
    await first.opens("/")
    await asks_for_a_link(first, email)
    link = (await follows_the_link(first, email)).removeprefix(first.address)
    await first.button("Continue").click()
    await first.is_connected()
    await first.opens(link)
    await first.button("Continue").click()
    await expect(first.page.get_by_role("alert")).to_have_text(
        re.compile("was used or has expired")
    )
    await first.button("Ask for a new link").click()
    await asks_for_a_link(first, email)


async def test_a_link_of_another_browser_says_where_to_open_it(world: World, window: Opens) -> None:
    email = f"{world.cleo.id}@example.org"
    first, second = await window(world.here), await window(world.here)
    second.expects("status of 410")
    await first.opens("/")
    await asks_for_a_link(first, email)
    link = (await follows_the_link(first, email)).removeprefix(first.address)
    await second.opens(link)
    await second.button("Continue").click()
    await expect(second.page.get_by_role("alert")).to_have_text(
        re.compile("the browser that asked for it")
    )
    await first.button("Continue").click()
    await first.is_connected()


async def test_who_signs_out_is_out(world: World, window: Opens) -> None:
    ada = await window(world.ada, world.commons)
    ada.expects("status of 401 .*/api/me/safety")  # what was still on its way comes to nobody
    await ada.button(re.compile("You:")).click()
    await ada.button("Sign out").click()
    await expect(ada.page.get_by_label("Your e-mail address")).to_be_visible()
    await ada.opens(f"/rooms/{world.commons}")
    await expect(ada.page).to_have_url(re.compile(r"/sign-in\?next=/rooms/"))


async def test_a_host_without_a_community_gets_a_friendly_page(world: World, window: Opens) -> None:
    lost = await window(world.here)
    lost.expects("status of 404 .*")
    lost.address = lost.address.replace(world.here.domain, "nobody-lives-here.localhost")
    await lost.opens("/")
    heading = lost.page.get_by_role("heading", name="No community lives at this address")
    await expect(heading).to_be_visible()
