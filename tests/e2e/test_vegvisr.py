"""Signing in with a Vegvisr account, in a browser."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.vegvisr_server import Vegvisr


@pytest.fixture
def world(connected_world: World) -> World:
    return connected_world


async def test_vegvisr_mails_a_link_that_signs_in_where_one_wanted_to_go(
    world: World, window: Opens, vegvisr: Vegvisr
) -> None:
    address = f"{world.edda.id}@example.org"
    vegvisr.knows(address)
    nobody = await window(world.here, viewport={"width": 390, "height": 844})
    await nobody.opens(f"/rooms/{world.commons}")
    await nobody.page.get_by_label("Your e-mail address").fill(address)
    assert await nobody.too_wide() == []
    await nobody.button("Continue with Vegvisr").click()
    await expect(nobody.page.get_by_text(f"Vegvisr sends a link to {address}")).to_be_visible()
    [mail] = [one for one in vegvisr.mailed if one["email"] == address]
    back = urlsplit(mail["redirectUrl"])
    await nobody.opens(f"{back.path}?{back.query}&magic={mail['token']}")
    await expect(nobody.page.get_by_text("Your link from Vegvisr is here.")).to_be_visible()
    assert mail["token"] not in nobody.page.url
    await nobody.button("Continue").click()
    await expect(nobody.page).to_have_url(f"{nobody.address}/rooms/{world.commons}")
    await nobody.is_connected()


async def test_a_magic_link_to_any_page_leaves_the_address_at_once(
    world: World, window: Opens, vegvisr: Vegvisr
) -> None:
    vegvisr.knows(f"{world.edda.id}@example.org")
    token = vegvisr.link_for(f"{world.edda.id}@example.org")
    nobody = await window(world.here)
    await nobody.opens(f"/rooms/{world.commons}?magic={token}&m=1")
    await expect(nobody.button("Continue")).to_be_visible()
    assert token not in nobody.page.url
    await nobody.button("Continue").click()
    await expect(nobody.page).to_have_url(f"{nobody.address}/rooms/{world.commons}?m=1")
    await nobody.is_connected()


async def test_a_magic_link_that_is_over_says_so(
    world: World, window: Opens, vegvisr: Vegvisr
) -> None:
    nobody = await window(world.here)
    nobody.expects("status of 410")
    await nobody.opens("/?magic=0f8fad5b-d9cb-469f-a165-70867728950e")
    await nobody.button("Continue").click()
    await expect(nobody.page.get_by_role("alert")).to_have_text(
        re.compile("was used or has expired")
    )
    await nobody.button("Ask for a new link").click()
    await expect(nobody.button("Continue with Vegvisr")).to_be_visible()
