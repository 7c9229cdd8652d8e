"""Invited: from a link to the room, with a sign-in in between; and who made the link."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.test_accessibility import serious
from tests.e2e.test_phone import PHONE
from tests.e2e.test_screens import pictured
from tests.e2e.test_signing_in import asks_for_a_link, follows_the_link
from tests.person import Person

INVITES = re.compile("Ada Solberg invites you to Home")
DESK = {"viewport": {"width": 1440, "height": 900}}
LOOKS = [(1440, DESK), (390, PHONE)]


async def invitation(person: Person, **asked: Any) -> dict[str, Any]:
    answer = await person.asks("POST", "/api/invitations", json=asked)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("form", ["/join/{}", "/?invite={}", "/rooms?invite={}"])
async def test_a_link_survives_the_sign_in_in_between(
    world: World, window: Opens, form: str
) -> None:
    made = await invitation(world.ada, room_ids=[world.board])
    nobody = await window(world.here, **PHONE)
    await nobody.opens(form.format(made["code"]))
    await expect(nobody.page.get_by_role("heading", name=INVITES)).to_be_visible()
    await expect(nobody.page).to_have_url(f"{nobody.address}/join/{made['code']}")
    await expect(nobody.page.get_by_text("Board")).to_be_visible()
    await nobody.page.get_by_role("link", name="Sign in to accept").click()
    email = f"kari@{world.here.domain}"
    await asks_for_a_link(nobody, email)
    await follows_the_link(nobody, email)
    await nobody.button("Continue").click()
    await nobody.button("Accept the invitation").click()
    await expect(nobody.page).to_have_url(f"{nobody.address}/rooms/{world.board}")
    await nobody.is_connected()


async def test_who_is_somebody_else_keeps_the_invitation(world: World, window: Opens) -> None:
    made = await invitation(world.ada, email=f"kari@{world.here.domain}")
    edda = await window(world.edda, **PHONE)
    edda.expects("status of 410")
    await edda.opens(f"/join/{made['code']}")
    await edda.button("Accept the invitation").click()
    await edda.button("Use another account").click()
    email = f"kari@{world.here.domain}"
    await asks_for_a_link(edda, email)
    await follows_the_link(edda, email)
    await edda.button("Continue").click()
    await edda.button("Accept the invitation").click()
    await edda.is_connected()


async def test_the_old_address_of_a_group_leads_to_its_room(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.opens(f"/?group={world.commons}")
    await expect(ada.page).to_have_url(f"{ada.address}/rooms/{world.commons}")
    await ada.is_connected()


async def test_a_link_that_is_not_valid_says_so_and_what_to_do(world: World, window: Opens) -> None:
    edda = await window(world.edda)
    edda.expects("status of 410")
    await edda.opens("/join/no-such-invitation")
    await expect(edda.page.get_by_role("alert")).to_have_text(re.compile("Ask for a new one"))
    await edda.page.get_by_role("link", name="Go to your rooms").click()
    await edda.is_connected()


async def test_who_invites_makes_copies_and_revokes_a_link(world: World, window: Opens) -> None:
    ada = await window(world.ada)
    await ada.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=ada.address)
    page = ada.page
    await ada.opens("/settings/invitations")
    await expect(page.get_by_text("None yet.")).to_be_visible()
    await page.get_by_label("They come as").select_option("guest")
    await expect(ada.button("Make a link")).to_be_disabled()
    await page.get_by_label("Commons").check()
    await page.get_by_label("For so many people").fill("3")
    await ada.button("Make a link").click()
    row = page.get_by_role("listitem").filter(has_text="3 more people")
    await expect(row).to_contain_text("as guest")
    await expect(row).to_contain_text("into Commons")
    await row.get_by_role("button", name="Copy link").click()
    await expect(row.get_by_role("button", name="Copied")).to_be_visible()
    await row.get_by_role("button", name="Revoke").click()
    await expect(page.get_by_role("listitem").filter(has_text="Revoked")).to_have_count(1)


async def test_who_may_not_invite_has_no_such_page(world: World, window: Opens) -> None:
    edda = await window(world.edda)
    await edda.opens("/settings")
    await expect(edda.page.get_by_role("heading", name="Invitations")).to_have_count(0)
    await expect(edda.page.get_by_role("link", name="Invitations")).to_have_count(0)


@pytest.mark.parametrize(("width", "looks"), LOOKS, ids=["desk", "phone"])
async def test_the_screens_fit_and_shut_nobody_out(
    world: World, window: Opens, width: int, looks: dict[str, Any]
) -> None:
    ends = {"uses": 5, "room_ids": [world.commons, world.board]}
    made = await invitation(world.ada, role="moderator", **ends)
    await invitation(world.ada, email="somebody.with.a.long.name@a-long-domain.example.org")
    nobody, ada = await window(world.here, **looks), await window(world.ada, **looks)
    await nobody.opens(f"/join/{made['code']}")
    await nobody.page.get_by_role("link", name="Sign in to accept").wait_for()
    await ada.opens("/settings/invitations")
    await expect(ada.page.get_by_role("listitem").filter(has_text="Ada Solberg")).to_have_count(2)
    found = await pictured(nobody, "join", width) + await pictured(ada, "invitations", width)
    found += await serious(nobody, "join") + await serious(ada, "invitations")
    assert found == []
