"""A socket opened by a ticket instead of a cookie."""

import asyncio

from tests.cast import World
from tests.person import Person
from tests.place import refused

TICKETS = "/api/socket-tickets"
SIGNED_OUT = 4001


async def ticket(person: Person, room: str) -> str:
    answer = await person.asks("POST", TICKETS, json={"room_id": room})
    assert answer.status_code == 201, answer.text
    return f"0&ticket={answer.json()['ticket']}"


def without_cookie(world: World, person: Person) -> Person:
    other = world.window(person)
    other.cookie = "nothing=here"
    return other


async def test_a_ticket_opens_a_socket_once_without_a_cookie(world: World) -> None:
    window = without_cookie(world, world.ada)
    bought = await ticket(world.ada, world.commons)
    assert (await window.is_turned_away(world.commons)).code == "not_signed_in"
    await window.opens(world.commons, after=bought)
    assert (await window.posts("By ticket.")).message.author.id == world.ada.id
    again = without_cookie(world, world.ada)
    assert (await again.is_turned_away(world.commons, after=bought)).code == "ticket_not_valid"


async def test_of_ten_who_use_a_ticket_at_once_one_gets_in(world: World) -> None:
    bought = await ticket(world.ada, world.commons)
    windows = [without_cookie(world, world.ada) for _ in range(10)]
    tried = [window.is_turned_away(world.commons, after=bought) for window in windows]
    heard = await asyncio.gather(*tried, return_exceptions=True)
    let_in = [one for one in heard if isinstance(one, AssertionError)]
    assert len(let_in) == 1
    assert {one.code for one in heard if not isinstance(one, BaseException)} == {"ticket_not_valid"}


async def test_a_ticket_is_for_one_room_and_one_host(world: World) -> None:
    window = without_cookie(world, world.ada)
    bought = await ticket(world.ada, world.commons)
    assert (await window.is_turned_away(world.board, after=bought)).code == "ticket_not_valid"
    there = window.visiting(world.elsewhere)
    no = await there.is_turned_away(world.commons, after=bought)
    assert no.code == "ticket_not_valid"
    await window.opens(world.commons, after=bought)


async def test_a_forged_or_expired_ticket_opens_nothing_even_with_a_cookie(world: World) -> None:
    forged = await world.ada.is_turned_away(world.commons, after="0&ticket=" + "a" * 43)
    assert forged.code == "ticket_not_valid"
    bought = await ticket(world.ada, world.commons)
    world.platform.change("UPDATE socket_tickets SET expires_at = 1")
    late = await world.ada.is_turned_away(world.commons, after=bought)
    assert late.code == "ticket_not_valid"
    await world.ada.opens(world.commons)


async def test_a_ticket_is_given_for_rooms_that_one_sees(world: World) -> None:
    assert await ticket(world.ada, world.board)
    for person, room in ((world.finn, world.board), (world.dov, world.commons)):
        answer = await person.asks("POST", TICKETS, json={"room_id": room})
        assert refused(answer).code == "room_not_found"


async def test_a_ticket_minds_the_origin(world: World) -> None:
    window = without_cookie(world, world.ada)
    bought = await ticket(world.ada, world.commons)
    evil = {"origin": "https://evil.example"}
    assert (await window.is_turned_away(world.commons, after=bought, **evil)).code == "wrong_origin"
    await window.opens(world.commons, after=bought, origin=f"http://{world.here.host}")


async def test_what_a_ticket_opened_closes_with_its_session(world: World) -> None:
    window = without_cookie(world, world.ada)
    unused = await ticket(world.ada, world.commons)
    await window.opens(world.commons, after=await ticket(world.ada, world.commons))
    assert (await world.ada.asks("POST", "/api/sign-out")).status_code == 204
    assert await window.until_closed() == SIGNED_OUT
    late = without_cookie(world, world.ada)
    assert (await late.is_turned_away(world.commons, after=unused)).code == "ticket_not_valid"
