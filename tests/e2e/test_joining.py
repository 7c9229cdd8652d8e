"""At the door of a community that asks first."""

import json
from typing import Any

import pytest
from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.test_accessibility import serious
from tests.e2e.test_invitations import LOOKS
from tests.e2e.test_screens import pictured
from tests.e2e.test_signing_in import asks_for_a_link, follows_the_link
from tests.e2e.window import Window


def decides(world: World, **config: Any) -> None:
    sql = "UPDATE communities SET config = ? WHERE id = ?"
    assert world.platform.change(sql, json.dumps(config), world.here.community_id) == 1


async def comes(window: Window, email: str) -> None:
    await window.opens("/")
    await asks_for_a_link(window, email)
    await follows_the_link(window, email)
    await window.button("Continue").click()


@pytest.mark.parametrize(("width", "looks"), LOOKS, ids=["desk", "phone"])
async def test_who_asks_waits_and_is_let_in(
    world: World, window: Opens, width: int, looks: dict[str, Any]
) -> None:
    decides(world, join_rule="by_request", join_questions=["What brings you here?"])
    kari, ada = await window(world.here, **looks), await window(world.ada, **looks)
    await comes(kari, f"kari@{world.here.domain}")
    await expect(kari.page.get_by_role("heading", name="Ask to join Home")).to_be_visible()
    await expect(kari.button("Ask to join")).to_be_disabled()
    await kari.page.get_by_label("What brings you here?").fill("The bees.\nAnd the honey.")
    await kari.page.reload()
    answer = kari.page.get_by_label("What brings you here?")
    await expect(answer).to_have_value("The bees.\nAnd the honey.")
    found = await pictured(kari, "ask-to-join", width) + await serious(kari, "ask to join")
    await kari.button("Ask to join").click()
    await expect(kari.page.get_by_role("heading", name="You are at the door")).to_be_visible()
    found += await pictured(kari, "waiting", width) + await serious(kari, "waiting")
    await ada.opens("/settings/requests")
    await expect(ada.page.get_by_text("The bees.")).to_be_visible()
    found += await pictured(ada, "requests", width) + await serious(ada, "requests")
    await ada.button("Let in Kari").click()
    await expect(ada.page.get_by_text("Nobody waits.")).to_be_visible()
    await kari.opens("/")
    await kari.is_connected()
    assert found == []


async def test_by_invitation_the_door_says_so_and_a_link_opens_it(
    world: World, window: Opens
) -> None:
    decides(world, join_rule="invitation")
    kari = await window(world.here)
    await comes(kari, f"kari@{world.here.domain}")
    await expect(kari.page.get_by_role("heading", name="Home is by invitation")).to_be_visible()
    made = await world.ada.asks("POST", "/api/invitations", json={"room_ids": [world.commons]})
    await kari.opens(f"/join/{made.json()['code']}")
    await kari.button("Accept the invitation").click()
    await kari.is_connected()
