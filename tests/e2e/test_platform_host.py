"""The platform's own host, and going on from it to a community."""

import re
from typing import Any

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.test_accessibility import LOOKS, flaws
from tests.e2e.test_every_screen import stands
from tests.e2e.test_phone import PHONE
from tests.e2e.test_signing_in import asks_for_a_link, follows_the_link
from tests.e2e.window import Window
from tests.person import Person
from tests.place import Place


def platform_host(world: World) -> Place:
    return Place(world.platform, world.here.client, "", "chat.localhost")


async def signs_in(window: Window, email: str) -> None:
    await asks_for_a_link(window, email)
    await follows_the_link(window, email)
    await window.button("Continue").click()


async def fills_the_wizard(window: Window, slug: str) -> None:
    form = window.page.get_by_test_id("new-community")
    await form.get_by_label("Name").fill("Old Harbour")
    await form.get_by_label("In its address").fill(slug)
    await window.button("Next").click()
    await form.get_by_label("Colour").fill("#b4531a")
    send = form.get_by_test_id("look-preview").locator(".button").first
    await expect(send).to_have_css("background-color", re.compile(r"rgb\(1\d\d, \d\d, \d\d\)"))
    await window.button("Next").click()
    await form.get_by_label("Its first rooms").fill("Quay")
    await window.button("Begin").click()
    await window.button("Go on to Old Harbour").click()


async def test_from_the_directory_to_a_community_of_ones_own(world: World, window: Opens) -> None:
    """The wizard on a phone, from a stranger's first look to the owner's first room."""
    mark = world.here.community_id[-10:].lower()
    kari, slug = await window(platform_host(world), **PHONE), f"w-{mark}"
    await kari.opens("/")
    await expect(kari.page.get_by_test_id("directory")).to_be_visible()
    assert await kari.too_wide() == []
    await kari.page.get_by_role("link", name="Begin your own").click()
    await signs_in(kari, f"kari.{mark}@example.org")
    await fills_the_wizard(kari, slug)
    heading = kari.page.get_by_role("heading", name="Go on to Old Harbour as Kari")
    await expect(heading).to_be_visible()
    there = f"http://chat.{slug}.localhost:{world.platform.port}"
    await expect(kari.page).to_have_url(f"{there}/hand-over")
    assert await kari.too_wide() == []
    await kari.button(re.compile("Continue as Kari")).click()
    await expect(kari.page).to_have_url(f"{there}/welcome")
    await kari.button("Make a link").click()
    await expect(kari.page.get_by_label("The link")).to_have_value(re.compile(rf"{there}/join/\w+"))
    await kari.page.get_by_label("By mail").fill(f"ola.{mark}@example.org\nnowhere")
    await kari.button("Send invitations").click()
    await expect(kari.page.get_by_text(f"Sent to ola.{mark}@example.org.")).to_be_visible()
    await expect(kari.page.get_by_role("alert")).to_have_text("“nowhere” is not an e-mail address.")
    await expect(kari.page.get_by_label("By mail")).to_have_value("nowhere")
    assert await kari.too_wide() == []
    await kari.page.get_by_role("link", name="Go to the rooms").click()
    await expect(kari.page.get_by_role("heading", name="Quay", level=1)).to_be_visible()
    await kari.is_connected()


@LOOKS
async def test_what_is_about_oneself_is_set_there(
    world: World, window: Opens, looks: dict[str, Any]
) -> None:
    edda = await window(Person(platform_host(world), world.edda.id, world.edda.name), **looks)
    await edda.opens("/communities")
    found = await flaws(edda, "platform directory")
    await edda.page.get_by_role("link", name="Settings", exact=True).click()
    links = edda.page.get_by_role("navigation", name="Settings").locator("li a")
    await expect(links).to_have_text(["Profile", "E-mail address", "Devices"])
    found += await flaws(edda, "platform settings")
    for title in ("E-mail address", "Devices", "Profile"):
        await links.get_by_text(title, exact=True).click()
        await stands(edda, title)
        found += await flaws(edda, f"platform {title}")
        if looks is PHONE and title != "Profile":
            await edda.page.get_by_role("link", name="All settings").click()
    named = f"{world.edda.name} of the platform"
    await edda.page.get_by_label("Name", exact=True).fill(named)
    await edda.button("Save").click()
    await expect(edda.page.get_by_text("Saved")).to_be_visible()
    assert (await world.edda.gets("/api/me"))["person"]["name"] == named
    await edda.opens("/settings/safety")
    await expect(edda.page).to_have_url(re.compile("/communities$"))
    assert found == []


async def test_whose_name_is_somebodys_is_told_the_number_that_it_has_there(
    world: World, window: Opens
) -> None:
    renamed = await world.dov.asks("PATCH", "/api/me/profile", json={"name": world.edda.name})
    assert renamed.is_success, renamed.text
    there = Person(world.elsewhere, world.edda.id, world.edda.name)
    await there.signs_in()
    edda = await window(there)
    await edda.opens("/settings/profile")
    name, note = edda.page.get_by_label("Name", exact=True), f"you are shown as {there.name} 2."
    await expect(name).to_have_value(there.name)
    await expect(edda.page.get_by_text(note)).to_be_visible()
    await edda.button("Save").click()
    await expect(edda.page.get_by_text("Saved")).to_be_visible()
    await expect(edda.page.get_by_text(note)).to_be_visible()
    await name.fill(f"{there.name} of here")
    await edda.button("Save").click()
    await expect(edda.page.get_by_text(note)).to_have_count(0)


async def test_the_wizard_goes_back_and_survives_a_reload(world: World, window: Opens) -> None:
    """The browser's back is a step back, and the second click of a double one is no step."""
    mark = world.here.community_id[-10:].lower()
    kari = await window(platform_host(world))
    await kari.opens("/begin")
    await signs_in(kari, f"kari.{mark}@example.org")
    form = kari.page.get_by_test_id("new-community")
    await form.get_by_label("Name").fill("Old Harbour")
    await expect(form.get_by_label("In its address")).to_have_value("old-harbour")
    await kari.button("Next").click()
    await expect(kari.page.get_by_text("Look", exact=True)).to_be_focused()
    await kari.page.reload()
    await expect(form.get_by_label("Colour")).to_be_visible()
    await kari.button("Next").dispatch_event("click", {"detail": 2})
    await expect(form.get_by_label("Colour")).to_be_visible()
    await kari.button("Next").click()
    await expect(form.get_by_label("Its first rooms")).to_be_visible()
    await kari.page.go_back()
    await expect(form.get_by_label("Colour")).to_be_visible()
    await kari.button("Back").click()
    await expect(form.get_by_label("Name")).to_have_value("Old Harbour")


async def test_another_persons_ticket_shows_whom_it_signs_in(world: World, window: Opens) -> None:
    """What a stranger sends is seen for what it is, and left alone it changes nothing."""
    body = {"host": world.elsewhere.domain, "next": f"/rooms/{world.far_room}"}
    address = (await world.edda.asks("POST", "/api/hand-overs", json=body)).json()["address"]
    dov = await window(world.dov)
    await dov.page.goto(address)
    heading = dov.page.get_by_role("heading", name="as Edda Jónsdóttir?")
    await expect(heading).to_be_visible()
    await expect(dov.page.get_by_text("signed in as Dov Adler")).to_be_visible()
    await dov.page.get_by_role("link", name="Stay Dov Adler").click()
    await dov.is_connected()
    assert (await world.dov.gets("/api/me"))["person"]["id"] == world.dov.id


async def test_from_one_community_to_another_through_the_directory(
    world: World, window: Opens
) -> None:
    edda = await window(world.edda)
    await edda.opens(f"/hand-over?host={world.elsewhere.domain}&next=/rooms/{world.far_room}")
    await edda.button("Continue as Edda Jónsdóttir").click()
    await expect(edda.page).to_have_url(f"http://{world.elsewhere.host}/rooms/{world.far_room}")
    await edda.is_connected()
    await edda.opens(f"/hand-over?host={world.elsewhere.domain}&next=/rooms/{world.far_room}")
    await edda.is_connected()


async def test_a_ticket_that_came_too_late_says_what_to_do(world: World, window: Opens) -> None:
    nobody = await window(world.elsewhere)
    nobody.expects("status of 410")
    await nobody.opens("/hand-over#ticket=old&next=/rooms")
    await expect(nobody.page.get_by_role("alert")).to_have_text(re.compile("has expired"))
    await expect(nobody.page).to_have_url(f"{nobody.address}/hand-over")
    await nobody.page.get_by_role("link", name="Sign in here").click()
    await expect(nobody.page.get_by_label("Your e-mail address")).to_be_visible()


async def test_a_way_to_nowhere_says_so(world: World, window: Opens) -> None:
    edda = await window(world.edda)
    edda.expects("status of 404")
    await edda.opens("/hand-over?host=evil.example")
    await expect(edda.page.get_by_role("heading", name="The way to evil.example")).to_be_visible()
    await expect(edda.page.get_by_role("alert")).to_have_text(re.compile("No community lives"))


async def test_who_signs_out_of_the_platform_is_out(world: World, window: Opens) -> None:
    mark = world.here.community_id[-10:].lower()
    kari = await window(platform_host(world))
    await kari.opens("/communities")
    await kari.page.get_by_role("link", name="Sign in").click()
    await signs_in(kari, f"kari.{mark}@example.org")
    head = kari.page.get_by_test_id("platform-head")
    await expect(head).to_contain_text(f"kari.{mark}@example.org")
    await kari.opens("/rooms")
    await expect(kari.page).to_have_url(f"{kari.address}/communities")
    await kari.button("Sign out").click()
    await expect(kari.page.get_by_label("Your e-mail address")).to_be_visible()


async def test_who_is_signed_in_at_the_platform_comes_in_without_another_mail(
    world: World, window: Opens
) -> None:
    mark = world.here.community_id[-10:].lower()
    kari = await window(platform_host(world))
    await kari.opens("/sign-in")
    await signs_in(kari, f"kari.{mark}@example.org")
    await expect(kari.page.get_by_test_id("platform-head")).to_be_visible()
    await kari.page.goto(f"http://{world.here.host}/rooms/{world.commons}")
    await kari.page.get_by_role("link", name="Go on from there").click()
    await kari.button(re.compile("Continue as Kari")).click()
    await expect(kari.page).to_have_url(f"http://{world.here.host}/rooms/{world.commons}")
    await kari.is_connected()
    await kari.opens("/communities")
    yours = kari.page.get_by_role("region", name="You are in")
    await expect(yours.get_by_role("link")).to_have_attribute(
        "href", f"/hand-over?host={world.here.domain}"
    )
