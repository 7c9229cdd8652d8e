"""Every screen around the talk, at a desk and on a phone, by a walk through all of them."""

import re
from typing import Any

from playwright.async_api import expect

from run.steps import ROOT
from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.test_accessibility import LOOKS, flaws
from tests.e2e.test_phone import PHONE
from tests.e2e.window import Window
from tests.person import Person

PAGES = re.compile(r'path: "([a-z-]+)",\s+title: "([^"]+)"')

LIVED_IN: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/api/me/tokens", {"name": "Backup at night", "scopes": ["rooms:read"], "days": 90}),
    ("POST", "/api/invitations", {"role": "member", "uses": 5}),
    ("POST", "/api/invitations", {"email": "a.long.name@a-long-domain.example.org"}),
    ("PUT", "/api/community/guidelines", {"text": "Be kind.", "version": 0}),
    ("PUT", "/api/permissions", {"role": "member", "verb": "create_room", "allowed": False}),
    ("PUT", "/api/community/filters", {"rules": [{"words": ["casino"], "then": "flag"}]}),
]


def settings_pages() -> dict[str, str]:
    """The title of each page of the settings, by its path, as the front end lists them."""
    listed = (ROOT / "frontend" / "src" / "settings.ts").read_text("utf-8")
    pages = dict(PAGES.findall(listed))
    assert len(pages) == listed.count("import("), "a page is listed in another form"
    return pages


async def lives_in(ada: Person, banned: Person) -> None:
    """Fill the pages of the settings."""
    for method, path, body in LIVED_IN:
        answer = await ada.asks(method, path, json=body)
        assert answer.is_success, f"{path}: {answer.text}"
    answer = await ada.asks("POST", f"/api/members/{banned.id}/ban", json={"reason": "Noise."})
    assert answer.is_success, answer.text


async def stands(window: Window, title: str) -> None:
    """A page of the settings is there, with what it had to load."""
    main = window.page.get_by_role("main")
    await expect(main.get_by_role("heading", level=1)).to_have_text(title)
    await expect(main.locator(":scope > :not(header)").first).to_be_visible()
    await expect(main.locator(".bone")).to_have_count(0)


@LOOKS
async def test_every_page_of_the_settings_is_fit_to_be_seen(
    world: World, window: Opens, looks: dict[str, Any]
) -> None:
    await lives_in(world.ada, world.finn)
    ada, pages = await window(world.ada, **looks), settings_pages()
    await ada.opens("/settings" if looks is PHONE else "/settings/profile")
    links = ada.page.get_by_role("navigation", name="Settings").locator("li a")
    await expect(links).to_have_text(list(pages.values()))
    found = await flaws(ada, "settings")
    for path, title in pages.items():
        await links.get_by_text(title, exact=True).click()
        await stands(ada, title)
        found += await flaws(ada, f"settings {path}")
        if looks is PHONE:
            await ada.page.get_by_role("link", name="All settings").click()
    assert found == []


@LOOKS
async def test_every_step_of_a_new_community_is_fit_to_be_seen(
    world: World, window: Opens, looks: dict[str, Any]
) -> None:
    ada = await window(world.ada, **looks)
    await ada.opens("/settings/new-community")
    form = ada.page.get_by_test_id("new-community")
    await form.get_by_label("Name").fill("Höfn við þjóðveg")
    found: list[str] = []
    while await (following := form.get_by_role("button", name="Next")).count():
        await following.click()
        step = await form.locator("[aria-current=step]").inner_text()
        found += await flaws(ada, f"new community {step}")
    assert found == []


@LOOKS
async def test_every_door_is_fit_to_be_seen(
    world: World, window: Opens, looks: dict[str, Any]
) -> None:
    nobody = await window(world.here, **looks)
    nobody.expects("status of 410", "status of 404")
    found: list[str] = []
    for path, heading in DOORS.items():
        await nobody.opens(path)
        await expect(nobody.page.get_by_role("heading", name=heading).first).to_be_visible()
        if path == "/api/docs":
            found += await nobody.too_wide()
            await nobody.page.evaluate(SHORT)
        found += await flaws(nobody, f"door {heading}")
    nobody.address = nobody.address.replace(world.here.domain, "nobody-lives-here.localhost")
    await nobody.opens("/")
    await nobody.page.get_by_role("heading", name=re.compile("^No community lives")).wait_for()
    found += await flaws(nobody, "door unknown host")
    assert found == []


# The parts of the API are all made alike, and so many that axe takes long.
SHORT = "document.querySelectorAll('section:nth-of-type(n + 4)').forEach((one) => one.remove())"

DOORS = {
    "/sign-in": "Home",
    "/communities": "Communities",
    "/join/no-such-invitation": "This invitation is not valid",
    "/no/such/page": "There is nothing at this address",
    "/api/docs": "API",
}
