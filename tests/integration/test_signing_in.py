"""Signing in by a link that comes by mail, and what only somebody signed in may do."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.signing_in import LINK_MS, LINKS_AT_ONCE
from schema.http import Me
from tests.cast import World
from tests.person import Person
from tests.place import Place, refused

COOKIE = "__Host-session"
BROWSER = "__Host-sign-in"
COMPLETE = "/api/sign-in/complete"


async def mails(place: Place, email: str) -> list[dict[str, str]]:
    """What came for somebody, newest first."""
    answer = await place.asks("GET", "/api/local/mailbox")
    assert answer.status_code == 200, answer.text
    return [mail for mail in answer.json()["mails"] if mail["to"] == email]


async def asks_for_link(place: Place, email: str) -> Any:
    """Ask for a link and open the mail: what the browser that asked sends to use it."""
    answer = await place.asks("POST", "/api/sign-in", json={"email": email, "next": "/r/garden"})
    assert answer.status_code == 202, answer.text
    assert answer.headers["set-cookie"].startswith(f"{BROWSER}=")
    mail = (await mails(place, email))[0]
    link = urlsplit(mail["link"])
    assert (link.netloc, link.path) == (place.host, "/sign-in")
    assert mail["link"] in mail["text"]
    assert link.query == "", "a query is in every log on its way"
    brought = parse_qs(link.fragment)
    assert brought["next"] == ["/r/garden"]
    [token] = brought["token"]
    return {
        "json": {"token": token},
        "headers": {"cookie": answer.headers["set-cookie"].split(";")[0]},
    }


def address(person: Person) -> str:
    return f"{person.id}@example.org"


async def test_a_link_signs_in_the_person_whose_address_it_is(world: World) -> None:
    link = await asks_for_link(world.here, address(world.edda))
    answer = await world.here.asks("POST", "/api/sign-in/complete", **link)
    assert answer.status_code == 200, answer.text
    me = Me.model_validate(answer.json())
    assert (me.person.id, me.person.name) == (world.edda.id, "Edda Jónsdóttir")
    assert me.community.id == world.here.community_id
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"):
        assert part in cookie.split("; ")
    world.edda.cookie = cookie.split(";")[0]
    assert await world.edda.gets("/api/me") == answer.json()
    assert (await world.edda.gets("/api/session"))["me"] == answer.json()
    await world.edda.opens(world.commons)
    await world.edda.posts("Góðan daginn.")


async def test_before_signing_in_the_session_names_the_community_and_nobody(world: World) -> None:
    answer = await world.here.asks("GET", "/api/session")
    assert answer.status_code == 200, answer.text
    assert answer.json()["community"]["id"] == world.here.community_id
    assert answer.json()["me"] is None


async def test_a_new_address_becomes_a_new_member(world: World) -> None:
    email = f"kari.nordmann@{world.here.domain}"
    link = await asks_for_link(world.here, email)
    answer = await world.here.asks("POST", "/api/sign-in/complete", **link)
    me = Me.model_validate(answer.json())
    assert (me.person.name, me.role, me.email) == ("Kari Nordmann", "member", email)


async def test_a_new_person_whose_name_is_taken_is_told_apart(world: World) -> None:
    named = []
    for place in ("one", "two"):
        email = f"ADA.Solberg@{place}.{world.here.domain}".lower()
        link = await asks_for_link(world.here, email)
        answer = await world.here.asks("POST", "/api/sign-in/complete", **link)
        named.append(answer.json()["person"]["name"])
    assert named == ["Ada Solberg 2", "Ada Solberg 3"]


async def test_a_link_works_once(world: World) -> None:
    link = await asks_for_link(world.here, address(world.ada))
    answers = await asyncio.gather(
        *[world.here.asks("POST", "/api/sign-in/complete", **link) for _ in range(3)]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410]
    again = await world.here.asks("POST", "/api/sign-in/complete", **link)
    assert refused(again).code == "link_not_valid"
    assert "set-cookie" not in again.headers


async def test_a_link_works_at_its_own_host_only(world: World) -> None:
    link = await asks_for_link(world.here, address(world.ada))
    there = await world.elsewhere.asks("POST", "/api/sign-in/complete", **link)
    assert refused(there).code == "link_not_valid"
    here = await world.here.asks("POST", "/api/sign-in/complete", **link)
    assert here.status_code == 200


async def test_a_link_works_in_the_browser_that_asked_for_it_only(world: World) -> None:
    link = await asks_for_link(world.here, address(world.ada))
    other = await asks_for_link(world.here, address(world.ben))
    for cookie in ({}, other["headers"], {"cookie": f"{BROWSER}={'a' * 43}"}):
        no = refused(await world.here.asks("POST", COMPLETE, **{**link, "headers": cookie}))
        assert no.code == "link_not_valid"
        assert "browser that asked" in no.detail
    mine = await world.here.asks("POST", COMPLETE, **link)
    assert mine.json()["person"]["id"] == world.ada.id


async def test_a_second_link_of_a_browser_leaves_the_first_as_it_is(world: World) -> None:
    link = await asks_for_link(world.here, address(world.ada))
    body = {"email": address(world.ada)}
    again = await world.here.asks("POST", "/api/sign-in", json=body, headers=link["headers"])
    assert again.headers["set-cookie"].split(";")[0] == link["headers"]["cookie"]
    assert (await world.here.asks("POST", COMPLETE, **link)).status_code == 200


async def test_a_link_is_worth_nothing_after_its_quarter_of_an_hour(world: World) -> None:
    link = await asks_for_link(world.here, address(world.ada))
    sql = "UPDATE sign_in_links SET expires_at = expires_at - ? WHERE email = ?"
    assert world.platform.change(sql, LINK_MS, address(world.ada)) == 1
    late = await world.here.asks("POST", "/api/sign-in/complete", **link)
    assert refused(late).code == "link_not_valid"
    assert world.platform.change(sql, -LINK_MS, address(world.ada)) == 1
    in_time = await world.here.asks("POST", "/api/sign-in/complete", **link)
    assert in_time.status_code == 200


@pytest.mark.parametrize("token", ["", "guess", "x" * 100, "' OR 1=1 --", "\u0000"])
async def test_a_guessed_token_is_refused(world: World, token: str) -> None:
    answer = await world.here.asks("POST", COMPLETE, json={"token": token})
    assert refused(answer).code == "link_not_valid"


async def test_a_known_and_an_unknown_address_are_answered_alike(world: World) -> None:
    known, unknown = address(world.ada), f"nobody@{world.here.domain}"
    answers = [
        (await world.here.asks("POST", "/api/sign-in", json={"email": email}))
        for email in (known, unknown)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    told = [{**answer.json(), "email": ""} for answer in answers]
    assert told[0] == told[1]


async def test_the_sixth_open_link_sends_no_mail_and_says_nothing_of_it(world: World) -> None:
    email = address(world.ben)
    answers = [
        await world.here.asks("POST", "/api/sign-in", json={"email": email})
        for _ in range(LINKS_AT_ONCE + 1)
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, answers[0].text)}
    assert len(await mails(world.here, email)) == LINKS_AT_ONCE


async def test_of_twenty_who_ask_at_once_five_get_a_mail(world: World) -> None:
    email = f"many@{world.here.domain}"
    answers = await asyncio.gather(
        *[world.here.asks("POST", "/api/sign-in", json={"email": email}) for _ in range(20)]
    )
    assert {answer.status_code for answer in answers} == {202}
    assert len(await mails(world.here, email)) == LINKS_AT_ONCE


@pytest.mark.parametrize("path", ["/\t/evil.com", "//evil.com", "/..//evil.com", "/.\\evil.com"])
async def test_a_way_out_is_not_where_a_link_leads(world: World, path: str) -> None:
    body = {"email": address(world.ada), "next": path}
    problem = refused(await world.here.asks("POST", "/api/sign-in", json=body))
    assert (problem.code, problem.fields) == ("bad_fields", ["next"])
    assert await mails(world.here, address(world.ada)) == []


async def test_signing_out_ends_the_session(world: World) -> None:
    ada = world.ada
    await ada.signs_in()
    phone = world.window(ada)
    phone.cookie = ""
    await phone.signs_in()
    answer = await ada.asks("POST", "/api/sign-out")
    assert answer.status_code == 204
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=; ")
    assert refused(await ada.asks("GET", "/api/rooms")).code == "not_signed_in"
    assert (await ada.is_turned_away(world.commons)).code == "not_signed_in"
    assert (await phone.gets("/api/me"))["person"]["id"] == ada.id


async def test_nobody_gets_in_without_a_session(world: World) -> None:
    nobody = world.window(world.ada)
    for cookie in ("", f"{COOKIE}=", f"{COOKIE}=guess", "other=1", f"{COOKIE}=a; {COOKIE}"):
        headers = {"cookie": cookie}
        answer = await world.here.asks("GET", "/api/rooms", headers=headers)
        assert refused(answer).code == "not_signed_in"
    nobody.cookie = f"{COOKIE}=guess"
    assert (await nobody.is_turned_away(world.commons)).code == "not_signed_in"


async def test_another_sites_page_cannot_write(world: World) -> None:
    ada, path = world.ada, f"/api/rooms/{world.commons}/leave"
    ours, body = f"http://{world.here.host}", {"name": "Seeds"}
    for origin in ("https://evil.example", f"http://evil.{world.here.host}", "null"):
        wrong = {"origin": origin}
        assert refused(await ada.asks("POST", path, headers=wrong)).code == "wrong_origin"
        assert (await ada.asks("POST", "/api/rooms", json=body, headers=wrong)).status_code == 403
        assert (await ada.is_turned_away(world.commons, **wrong)).code == "wrong_origin"
    made = await ada.asks("POST", "/api/rooms", json=body, headers={"origin": ours})
    assert made.status_code == 201
    await ada.opens(world.commons, origin=ours)


async def test_a_session_is_worth_nothing_at_another_host(world: World) -> None:
    await world.dov.signs_in()
    assert (await world.dov.gets("/api/me"))["role"] == "owner"
    dov_here = world.dov.visiting(world.here)
    assert refused(await dov_here.asks("GET", "/api/me")).code == "not_signed_in"
    assert (await dov_here.is_turned_away(world.commons)).code == "not_signed_in"


async def test_a_host_without_a_community_is_nobodys(world: World) -> None:
    host = {"host": f"nowhere.{world.here.host}"}
    answer = await world.here.asks("GET", "/api/community", headers=host)
    assert refused(answer).code == "community_not_found"
    assert (await world.here.asks("GET", "/api/community")).json()["name"] == "Home"
