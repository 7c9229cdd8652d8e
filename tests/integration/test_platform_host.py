"""The platform's own host: people sign in there although no community lives at it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from schema.wire import AccessChanged
from tests.cast import World
from tests.integration.test_email_changes import COMPLETE as CHANGED
from tests.integration.test_email_changes import asks_for
from tests.integration.test_hand_overs import ticket_to, uses
from tests.integration.test_signing_in import COMPLETE, mails
from tests.person import Person
from tests.place import Place, refused
from tests.sight import Expected
from tests.unit.test_avatars import png

HOST = "chat.localhost"


@pytest.fixture
def platform_host(world: World) -> Place:
    return Place(world.platform, world.here.client, "", HOST)


async def signs_in_by_link(place: Place, email: str) -> Any:
    asked = await place.asks("POST", "/api/sign-in", json={"email": email})
    assert asked.status_code == 202, asked.text
    mail = (await mails(place, email))[0]
    assert (mail["subject"], urlsplit(mail["link"]).netloc) == ("Sign in to Vegvisr", place.host)
    token = parse_qs(urlsplit(mail["link"]).fragment)["token"][0]
    headers = {"cookie": asked.headers["set-cookie"].split(";")[0]}
    return await place.asks("POST", COMPLETE, json={"token": token}, headers=headers)


async def kari_at(place: Place, mark: str) -> Person:
    answer = await signs_in_by_link(place, f"kari.{mark}@example.org")
    assert answer.status_code == 200, answer.text
    kari = Person(place, answer.json()["person"]["id"], answer.json()["person"]["name"])
    kari.cookie = answer.headers["set-cookie"].split(";")[0]
    return kari


async def test_somebody_new_signs_in_where_no_community_is(
    world: World, platform_host: Place
) -> None:
    kari = await kari_at(platform_host, world.here.community_id)
    me = await kari.gets("/api/me")
    assert (me["role"], me["may"], me["community"]) == ("", [], None)
    session = await kari.gets("/api/session")
    assert (session["me"], session["community"]) == (me, None)
    assert session["platform"]["address"] == f"http://{platform_host.host}/"
    assert (await kari.gets("/api/communities"))["home"] is True
    devices = (await kari.gets("/api/me/sessions"))["devices"]
    assert [(one["host"], one["current"]) for one in devices] == [(HOST, True)]
    sql = "SELECT count(*) AS n FROM community_members WHERE user_id = ?"
    assert world.platform.rows(sql, kari.id)[0]["n"] == 0
    assert (await kari.asks("POST", "/api/sign-out")).status_code == 204
    assert refused(await kari.asks("GET", "/api/me")).code == "not_signed_in"


@pytest.mark.parametrize(
    "path",
    ["/api/community", "/api/rooms", "/api/members", "/api/me/safety", "/api/me/tokens"],
)
async def test_what_is_of_a_community_is_not_there(
    world: World, platform_host: Place, path: str
) -> None:
    kari = await kari_at(platform_host, world.here.community_id)
    assert refused(await kari.asks("GET", path)).code == "community_not_found"
    assert refused(await platform_host.asks("GET", path)).code == "community_not_found"


async def test_who_one_is_can_be_said_where_no_community_is(
    world: World, platform_host: Place
) -> None:
    kari = await kari_at(platform_host, world.here.community_id)
    handle = f"k{world.here.community_id[-10:]}".lower()
    answer = await kari.asks("PATCH", "/api/me/profile", json={"name": "Kari", "handle": handle})
    assert (answer.status_code, answer.json()["name"]) == (200, "Kari"), answer.text
    assert await kari.gets("/api/me/profile") == answer.json()
    assert (await kari.gets("/api/me"))["person"]["name"] == "Kari"
    shown = await kari.asks("PUT", "/api/me/avatar", content=png(8, 8))
    assert shown.status_code == 200, shown.text
    picture = shown.json()["avatar"]
    assert (await kari.asks("GET", picture)).status_code == 200
    other = await signs_in_by_link(platform_host, f"ola.{world.here.community_id}@example.org")
    ola = Person(platform_host, other.json()["person"]["id"], "Ola")
    ola.cookie = other.headers["set-cookie"].split(";")[0]
    assert refused(await ola.asks("GET", picture)).code == "community_not_found"
    assert refused(await platform_host.asks("GET", "/api/me/profile")).code == "not_signed_in"
    assert refused(await ola.asks("GET", f"/api/people/{kari.id}")).code == "community_not_found"
    taken = await ola.asks("PATCH", "/api/me/profile", json={"handle": handle})
    assert refused(taken).code == "name_taken"
    assert (await kari.asks("DELETE", "/api/me/avatar")).status_code == 204
    assert (await kari.gets("/api/me/profile"))["avatar"] is None


async def test_a_name_taken_where_one_is_a_member_is_refused_there_too(
    world: World, platform_host: Place
) -> None:
    """And a free one is told in the rooms where one sits."""
    ben = Person(platform_host, world.ben.id, world.ben.name)
    await ben.signs_in()
    await world.ben.opens(world.commons)
    no = await ben.asks("PATCH", "/api/me/profile", json={"name": world.ada.name})
    assert refused(no).code == "name_taken"
    named = f"{world.ben.name} of the platform"
    assert (await ben.asks("PATCH", "/api/me/profile", json={"name": named})).status_code == 200
    changed = await world.ben.until(Expected("the name", AccessChanged, lambda _: True))
    assert changed.you.name == named


async def test_an_address_is_changed_there(world: World, platform_host: Place) -> None:
    mark = world.here.community_id
    kari = await kari_at(platform_host, mark)
    made = await world.ada.asks(
        "POST", "/api/me/tokens", json={"name": "T", "scopes": ["rooms:read"]}
    )
    assert made.status_code == 201
    link = await asks_for(kari, f"kari.new.{mark}@example.org")
    assert refused(await world.ada.asks("POST", CHANGED, json=link)).code == "link_not_valid"
    assert (await kari.asks("POST", CHANGED, json=link)).status_code == 204
    assert refused(await kari.asks("GET", "/api/me")).code == "not_signed_in"
    anew = await signs_in_by_link(platform_host, f"kari.new.{mark}@example.org")
    assert anew.json()["person"]["id"] == kari.id


async def test_a_session_of_the_platform_counts_in_no_community(
    world: World, platform_host: Place
) -> None:
    kari = await kari_at(platform_host, world.here.community_id)
    assert refused(await kari.visiting(world.here).asks("GET", "/api/me")).code == "not_signed_in"
    ada = world.ada
    await ada.signs_in()
    there = ada.visiting(platform_host)
    assert refused(await there.asks("GET", "/api/me")).code == "not_signed_in"
    wish = {"slug": f"w-{world.here.community_id}", "name": "Harbour", "rooms": ["Quay"]}
    answer = await there.asks("POST", "/api/communities", json=wish)
    assert refused(answer).code == "not_signed_in"


async def test_who_begins_a_community_there_goes_on_to_it_as_its_owner(
    world: World, platform_host: Place
) -> None:
    kari = await kari_at(platform_host, world.here.community_id)
    slug = f"w-{world.here.community_id}"
    wish = {"slug": slug, "name": "Harbour", "rooms": ["Quay"], "accent": "#b4531a"}
    begun = await kari.asks("POST", "/api/communities", json=wish)
    assert begun.status_code == 201, begun.text
    domain = f"chat.{slug}.localhost"
    assert begun.json()["address"] == f"http://{domain}:{world.platform.port}/"
    harbour = Place(world.platform, world.here.client, begun.json()["id"], domain)
    answer = await uses(harbour, await ticket_to(kari, harbour, "/welcome"))
    assert answer.status_code == 200, answer.text
    assert answer.json()["role"] == "owner"
    assert len(await mails(platform_host, f"kari.{world.here.community_id}@example.org")) == 1
    kari.place, kari.cookie = harbour, answer.headers["set-cookie"].split(";")[0]
    log = (await kari.gets("/api/audit-log"))["entries"]
    assert [entry["action"] for entry in log] == ["begin_community"]


async def test_from_a_community_one_goes_on_to_the_platform(
    world: World, platform_host: Place
) -> None:
    answer = await uses(platform_host, await ticket_to(world.edda, platform_host, "/communities"))
    assert answer.json()["person"]["id"] == world.edda.id
    assert answer.json()["community"] is None


async def test_its_pages_are_there_and_those_of_a_strange_host_are_not(
    world: World, platform_host: Place
) -> None:
    page = await platform_host.asks("GET", "/communities")
    assert page.status_code == 200 and "<title>Vegvisr</title>" in page.text
    host = {"host": f"nowhere.{platform_host.host}"}
    assert (await platform_host.asks("GET", "/communities", headers=host)).status_code == 404
    answer = await platform_host.asks(
        "POST", "/api/sign-in", json={"email": "a@b.co"}, headers=host
    )
    assert refused(answer).code == "community_not_found"
