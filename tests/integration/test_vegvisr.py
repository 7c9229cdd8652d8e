"""Signing in with a Vegvisr account, over real HTTP to servers that are played here."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from domain.signing_in import LINKS_AT_ONCE
from tests.cast import World
from tests.place import Place, refused
from tests.vegvisr_server import Vegvisr

PATH = "/api/sign-in/vegvisr"


@pytest.fixture
def world(connected_world: World) -> World:
    return connected_world


async def proves(place: Place, secret: str, kind: str = "magic", **more: Any) -> httpx.Response:
    return await place.asks("POST", PATH, json={"kind": kind, "secret": secret, **more})


def email(world: World) -> str:
    return f"kari@{world.here.domain}"


async def test_a_magic_link_signs_in_once(world: World, vegvisr: Vegvisr) -> None:
    vegvisr.knows(email(world), "Superadmin")
    token = vegvisr.link_for(email(world))
    answer = await proves(world.here, token)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["email"], answer.json()["role"]) == (email(world), "member")
    assert answer.headers["set-cookie"].startswith("__Host-session=")
    sql = "SELECT provider, proven_by FROM identities WHERE person_id = ?"
    [row] = world.platform.rows(sql, answer.json()["person"]["id"])
    assert row == {"provider": "vegvisr", "proven_by": "vegvisr_magic"}
    again = await proves(world.here, token)
    assert refused(again).code == "link_not_valid"
    assert "set-cookie" not in again.headers


async def test_a_presented_token_signs_in_and_is_kept_nowhere(
    world: World, vegvisr: Vegvisr
) -> None:
    vegvisr.knows(email(world))
    vegvisr.keys["vv_prod_0123456789abcdef"] = email(world)
    assert (await proves(world.here, "vv_prod_0123456789abcdef", "token")).status_code == 200
    tables = world.platform.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = [world.platform.rows(f'SELECT * FROM "{one["name"]}"') for one in tables]
    assert "vv_prod_0123456789abcdef" not in str(rows)
    no = await proves(world.here, "vv_prod_fedcba9876543210", "token")
    assert refused(no).code == "link_not_valid"


async def test_who_only_looks_there_is_a_guest_here(world: World, vegvisr: Vegvisr) -> None:
    vegvisr.knows(email(world), "ViewOnly")
    answer = await proves(world.here, vegvisr.link_for(email(world)))
    assert answer.json()["role"] == "guest"


async def test_an_account_is_that_of_whoever_has_its_address(
    world: World, vegvisr: Vegvisr
) -> None:
    address = f"{world.ada.id}@example.org"
    vegvisr.knows(address)
    answer = await proves(world.here, vegvisr.link_for(address))
    assert (answer.json()["person"]["id"], answer.json()["role"]) == (world.ada.id, "owner")


async def test_who_is_banned_stays_out(world: World, vegvisr: Vegvisr) -> None:
    ban = {"reason": "Shouted.", "until": None}
    path = f"/api/members/{world.edda.id}/ban"
    assert (await world.ada.asks("POST", path, json=ban)).is_success
    answer = await proves(world.here, vegvisr.link_for(f"{world.edda.id}@example.org"))
    assert refused(answer).code == "banned"


async def test_on_the_way_to_an_invitation_one_stays_outside(
    world: World, vegvisr: Vegvisr
) -> None:
    vegvisr.knows(email(world))
    answer = await proves(world.here, vegvisr.link_for(email(world)), enter=False)
    assert answer.json()["role"] == ""


async def test_vegvisr_mails_a_link_that_leads_back(world: World, vegvisr: Vegvisr) -> None:
    body = {"email": email(world), "next": "/rooms/a?b=c"}
    answer = await world.here.asks("POST", f"{PATH}/link", json=body)
    assert (answer.status_code, answer.json()["email"]) == (202, email(world))
    [mail] = [one for one in vegvisr.mailed if one["email"] == email(world)]
    back = urlsplit(mail["redirectUrl"])
    assert (back.netloc, back.path) == (world.here.host, "/sign-in")
    assert parse_qs(back.query) == {"next": ["/rooms/a?b=c"]}
    assert (await proves(world.here, mail["token"])).json()["email"] == email(world)


async def test_links_of_vegvisr_are_counted_as_ours_are(world: World, vegvisr: Vegvisr) -> None:
    for _ in range(LINKS_AT_ONCE + 1):
        answer = await world.here.asks("POST", f"{PATH}/link", json={"email": email(world)})
        assert answer.status_code == 202
    mailed = [one for one in vegvisr.mailed if one["email"] == email(world)]
    assert len(mailed) == LINKS_AT_ONCE


async def test_a_page_may_know_that_one_can_sign_in_so(world: World) -> None:
    answer = await world.here.asks("GET", "/api/session")
    assert answer.json()["platform"]["vegvisr"] is True
