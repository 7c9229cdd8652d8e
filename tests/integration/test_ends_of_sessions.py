"""A socket does not outlive what opened it: at its end it closes, and the door decides anew."""

import time

from domain.sessions import ROLLED_EVERY_MS
from schema.wire import CloseCode, MessagePosted
from tests.cast import World
from tests.integration.test_api_tokens import bearer, makes
from tests.integration.test_devices import another_browser, own
from tests.integration.test_members import sees_access
from tests.integration.test_socket_tickets import ticket, without_cookie
from tests.person import Person
from tests.sight import sees

SOON_MS = 3_000
USED = "UPDATE sessions SET used_at = used_at - ? WHERE id = ?"


async def ends_soon(world: World, person: Person, in_ms: int = SOON_MS) -> str:
    """Their session is about to expire. Which one it is."""
    name = await own(person)
    until = int(time.time() * 1000) + in_ms
    sql = "UPDATE sessions SET expires_at = ? WHERE id = ?"
    assert world.platform.change(sql, until, name) == 1
    return name


async def test_a_socket_ends_with_its_session_and_no_other_does(world: World) -> None:
    ada, phone = world.ada, await another_browser(world, world.ada)
    await ada.opens(world.commons)
    await ends_soon(world, phone)
    await phone.opens(world.commons)
    await phone.posts("Just in time.")
    assert await phone.until_closed() == CloseCode.COME_AGAIN
    assert (await phone.is_turned_away(world.commons)).code == "not_signed_in"
    await ada.until(sees("Just in time."))
    await ada.posts("Still here.")
    assert ada.closed is None


async def test_who_used_it_meanwhile_comes_again_and_has_missed_nothing(world: World) -> None:
    phone = await another_browser(world, world.ada)
    name = await ends_soon(world, phone)
    await phone.opens(world.commons)
    assert world.platform.change(USED, ROLLED_EVERY_MS + 1, name) == 1
    await phone.gets("/api/me")
    assert await phone.until_closed() == CloseCode.COME_AGAIN
    await world.ben.opens(world.commons)
    await world.ben.posts("While she was away.")
    await phone.opens(world.commons, after=0)
    missed = [event.message.content for event in phone.log() if isinstance(event, MessagePosted)]
    assert missed == ["While she was away."]
    await phone.posts("Here again.")


async def test_what_a_ticket_opened_ends_with_what_asked_for_it(world: World) -> None:
    phone = await another_browser(world, world.ada)
    await ends_soon(world, phone)
    by_session = without_cookie(world, phone)
    await by_session.opens(world.commons, after=await ticket(phone, world.commons))
    made = await makes(world.ada, "rooms:write")
    until = int(time.time() * 1000) + SOON_MS
    sql = "UPDATE api_tokens SET expires_at = ? WHERE id = ?"
    assert world.platform.change(sql, until, made["token"]["id"]) == 1
    body, who = {"room_id": world.commons}, bearer(made)
    bought = await world.here.asks("POST", "/api/socket-tickets", json=body, headers=who)
    by_token = without_cookie(world, world.ada)
    await by_token.opens(world.commons, after=f"0&ticket={bought.json()['ticket']}")
    lasting = without_cookie(world, world.ada)
    await lasting.opens(world.commons, after=await ticket(world.ada, world.commons))
    for window in (by_session, by_token):
        assert await window.until_closed() == CloseCode.COME_AGAIN
    await lasting.posts("Still here.")


async def test_whose_rights_change_meanwhile_does_not_stay_longer(world: World) -> None:
    ben = world.ben
    await ben.signs_in()
    await ends_soon(world, ben)
    await ben.opens(world.commons)
    answer = await world.ada.asks("PATCH", f"/api/members/{ben.id}", json={"role": "moderator"})
    assert answer.status_code == 200, answer.text
    await ben.until(sees_access(to="pin_message", of=True))
    assert await ben.until_closed() == CloseCode.COME_AGAIN
