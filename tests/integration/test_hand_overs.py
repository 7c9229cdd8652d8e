"""Going on to another host of ours, signed in, and what such a ticket is worth to anybody else."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.hand_overs import HAND_OVER_MS
from domain.sessions import SESSION_MOST_MS
from tests.cast import World
from tests.person import Person
from tests.place import Place, refused

START, LOOK, USE = "/api/hand-overs", "/api/hand-overs/look", "/api/hand-overs/use"
COOKIE = "__Host-session"


async def ticket_to(person: Person, there: Place, next_path: str = "/") -> str:
    """The ticket that takes somebody there."""
    answer = await person.asks("POST", START, json={"host": there.domain, "next": next_path})
    assert answer.status_code == 201, answer.text
    address = urlsplit(answer.json()["address"])
    assert (address.netloc, address.path, address.query) == (there.host, "/hand-over", "")
    brought = parse_qs(address.fragment)
    assert brought["next"] == [next_path]
    return brought["ticket"][0]


async def uses(place: Place, ticket: str, **how: Any) -> Any:
    return await place.asks("POST", USE, json={"ticket": ticket, **how})


async def test_somebody_signed_in_here_is_signed_in_there(world: World) -> None:
    ticket = await ticket_to(world.edda, world.elsewhere, "/rooms/a?b=c")
    looked = await world.elsewhere.asks("POST", LOOK, json={"ticket": ticket})
    told = {"id": world.edda.id, "name": world.edda.name}
    email = f"{world.edda.id}@example.org"
    assert looked.json() == {"person": told, "email": email, "origin": world.here.domain}
    answer = await uses(world.elsewhere, ticket)
    assert answer.status_code == 200, answer.text
    assert answer.json()["person"] == told
    assert answer.json()["community"]["id"] == world.elsewhere.community_id
    there = Person(world.elsewhere, world.edda.id, world.edda.name)
    there.cookie = answer.headers["set-cookie"].split(";")[0]
    assert (await there.gets("/api/me"))["role"] == "member"
    sql = "SELECT provider, proven_by FROM identities WHERE person_id = ? AND subject = ?"
    [row] = world.platform.rows(sql, world.edda.id, world.edda.id)
    assert row == {"provider": world.here.domain, "proven_by": "hand_over"}


async def test_the_sessions_of_the_two_hosts_stay_apart(world: World) -> None:
    answer = await uses(world.elsewhere, await ticket_to(world.edda, world.elsewhere))
    there = Person(world.elsewhere, world.edda.id, world.edda.name)
    there.cookie = answer.headers["set-cookie"].split(";")[0]
    for one, place in ((there, world.here), (world.edda, world.elsewhere)):
        assert refused(await one.visiting(place).asks("GET", "/api/me")).code == "not_signed_in"
    assert (await there.asks("POST", "/api/sign-out")).status_code == 204
    assert (await world.edda.gets("/api/me"))["person"]["id"] == world.edda.id


async def test_a_chain_of_hand_overs_ends_with_the_first_session(world: World) -> None:
    """And the other way round: who signs in anew has all the time again."""
    edda = world.edda
    await edda.signs_in()
    sql = "UPDATE sessions SET ends_at = ends_at - ? WHERE person_id = ?"
    assert world.platform.change(sql, SESSION_MOST_MS // 2, edda.id) == 1
    [first] = await ends(world, edda)
    there = Person(world.elsewhere, edda.id, edda.name)
    answer = await uses(world.elsewhere, await ticket_to(edda, world.elsewhere))
    there.cookie = answer.headers["set-cookie"].split(";")[0]
    await uses(world.here, await ticket_to(there, world.here))
    assert await ends(world, edda) == [first, first, first]
    anew = Person(world.here, edda.id, edda.name)
    await anew.signs_in()
    assert max(await ends(world, edda)) > first + SESSION_MOST_MS // 3


async def ends(world: World, person: Person) -> list[int]:
    sql = "SELECT ends_at FROM sessions WHERE person_id = ?"
    return [row["ends_at"] for row in world.platform.rows(sql, person.id)]


async def test_of_many_at_once_one_comes_in(world: World) -> None:
    ticket = await ticket_to(world.edda, world.elsewhere)
    answers = await asyncio.gather(*[uses(world.elsewhere, ticket) for _ in range(5)])
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410, 410]
    assert {refused(a).code for a in answers if a.status_code == 410} == {"ticket_not_valid"}
    assert all("set-cookie" not in a.headers for a in answers if a.status_code == 410)
    again = await world.elsewhere.asks("POST", LOOK, json={"ticket": ticket})
    assert refused(again).code == "ticket_not_valid"


async def test_a_ticket_works_at_its_host_only(world: World) -> None:
    ticket = await ticket_to(world.edda, world.elsewhere)
    assert refused(await uses(world.here, ticket)).code == "ticket_not_valid"
    platform = Place(world.platform, world.here.client, "", "chat.localhost")
    assert refused(await uses(platform, ticket)).code == "ticket_not_valid"
    assert (await uses(world.elsewhere, ticket)).status_code == 200, "another host used it up"


@pytest.mark.parametrize("ticket", ["", "guess", "x" * 100, "' OR 1=1 --", "\u0000"])
async def test_a_forged_ticket_is_worth_nothing(world: World, ticket: str) -> None:
    for path in (LOOK, USE):
        answer = await world.elsewhere.asks("POST", path, json={"ticket": ticket})
        assert refused(answer).code == "ticket_not_valid"
        assert "set-cookie" not in answer.headers


async def test_what_d1_keeps_of_a_ticket_opens_nothing(world: World) -> None:
    ticket = await ticket_to(world.edda, world.elsewhere)
    sql = "SELECT ticket_hash FROM hand_overs WHERE person_id = ?"
    [row] = world.platform.rows(sql, world.edda.id)
    assert row["ticket_hash"] != ticket
    assert refused(await uses(world.elsewhere, row["ticket_hash"])).code == "ticket_not_valid"
    assert (await uses(world.elsewhere, ticket)).status_code == 200


async def test_a_ticket_is_worth_nothing_after_its_minute(world: World) -> None:
    ticket = await ticket_to(world.edda, world.elsewhere)
    sql = "UPDATE hand_overs SET expires_at = expires_at - ? WHERE person_id = ?"
    assert world.platform.change(sql, HAND_OVER_MS, world.edda.id) == 1
    assert refused(await uses(world.elsewhere, ticket)).code == "ticket_not_valid"
    assert world.platform.change(sql, -HAND_OVER_MS, world.edda.id) == 1
    assert (await uses(world.elsewhere, ticket)).status_code == 200


async def test_who_signs_out_leaves_no_ticket_behind(world: World) -> None:
    used = await ticket_to(world.edda, world.elsewhere)
    ticket = await ticket_to(world.edda, world.elsewhere)
    assert (await uses(world.elsewhere, used)).status_code == 200
    assert (await world.edda.asks("POST", "/api/sign-out")).status_code == 204
    assert refused(await uses(world.elsewhere, ticket)).code == "ticket_not_valid"


@pytest.mark.parametrize(
    "host", ["evil.example", "chat.localhost.evil.example", "nowhere.localhost"]
)
async def test_no_ticket_leads_out(world: World, host: str) -> None:
    answer = await world.edda.asks("POST", START, json={"host": host})
    assert refused(answer).code == "community_not_found"
    assert await ticket_to(world.edda, world.elsewhere)


@pytest.mark.parametrize(
    "path", ["/\t/evil.com", "//evil.com", "/..//evil.com", "https://evil.com"]
)
async def test_a_way_out_is_not_where_it_goes_on(world: World, path: str) -> None:
    body = {"host": world.elsewhere.domain, "next": path}
    problem = refused(await world.edda.asks("POST", START, json=body))
    assert (problem.code, problem.fields) == ("bad_fields", ["next"])


async def test_no_token_and_no_stranger_gets_a_ticket(world: World) -> None:
    body = {"name": "T", "scopes": ["people:read", "rooms:read", "rooms:write"], "days": 1}
    made = await world.edda.asks("POST", "/api/me/tokens", json=body)
    bearer = {"authorization": f"Bearer {made.json()['secret']}"}
    how: Any = {"json": {"host": world.elsewhere.domain}}
    assert (await world.here.asks("GET", "/api/me", headers=bearer)).status_code == 200
    assert refused(await world.here.asks("POST", START, headers=bearer, **how)).code == (
        "out_of_scope"
    )
    assert refused(await world.here.asks("POST", START, **how)).code == "not_signed_in"


async def test_another_sites_page_cannot_use_one(world: World) -> None:
    ticket = await ticket_to(world.edda, world.elsewhere)
    body, evil = {"ticket": ticket}, {"origin": "https://evil.example"}
    for path in (LOOK, USE):
        answer = await world.elsewhere.asks("POST", path, json=body, headers=evil)
        assert refused(answer).code == "wrong_origin"
    ours = {"origin": f"http://{world.elsewhere.host}"}
    answer = await world.elsewhere.asks("POST", USE, json=body, headers=ours)
    assert answer.status_code == 200


async def test_who_is_banned_there_does_not_come_in_by_a_ticket(world: World) -> None:
    assert (await uses(world.elsewhere, await ticket_to(world.edda, world.elsewhere))).is_success
    ban = {"reason": "Shouted.", "until": None}
    path = f"/api/members/{world.edda.id}/ban"
    assert (await world.dov.asks("POST", path, json=ban)).is_success
    answer = await uses(world.elsewhere, await ticket_to(world.edda, world.elsewhere))
    assert refused(answer).code == "banned"
    assert "set-cookie" not in answer.headers


async def test_on_the_way_to_an_invitation_one_stays_outside(world: World) -> None:
    answer = await uses(world.elsewhere, await ticket_to(world.edda, world.elsewhere), enter=False)
    assert answer.json()["role"] == ""
