"""Where somebody is signed in, and ending it there: theirs alone, and its sockets with it."""

from typing import Any

from domain.sessions import ROLLED_EVERY_MS, SESSION_MOST_MS, SESSION_MS
from tests.cast import World
from tests.person import Person
from tests.place import Place, refused

SESSIONS = "/api/me/sessions"
SIGNED_OUT = 4001


async def another_browser(world: World, person: Person) -> Person:
    """The same person, signed in once more."""
    other = world.window(person)
    other.cookie = ""
    await other.signs_in()
    return other


async def devices(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await person.gets(SESSIONS))["devices"]
    return found


async def own(person: Person) -> str:
    [mine] = [device["id"] for device in await devices(person) if device["current"]]
    return str(mine)


async def test_each_browser_is_listed_and_one_of_them_asks(world: World) -> None:
    await world.ada.signs_in()
    phone = await another_browser(world, world.ada)
    await world.ben.signs_in()
    listed, there = await devices(world.ada), await devices(phone)
    assert len(listed) == len(there) == 2
    assert {device["id"] for device in listed} == {device["id"] for device in there}
    assert await own(world.ada) != await own(phone)
    token = world.ada.cookie.split("=")[1]
    assert all(token not in str(device) for device in listed)


async def test_a_session_ended_elsewhere_is_out_at_once(world: World) -> None:
    ada = world.ada
    phone = await another_browser(world, ada)
    await ada.opens(world.commons)
    await phone.opens(world.commons)
    answer = await ada.asks("DELETE", f"{SESSIONS}/{await own(phone)}")
    assert answer.status_code == 204, answer.text
    assert await phone.until_closed() == SIGNED_OUT
    assert refused(await phone.asks("GET", "/api/me")).code == "not_signed_in"
    await ada.posts("Still here.")


async def test_nobody_ends_somebody_elses_session(world: World) -> None:
    ada, ben = world.ada, world.ben
    theirs = await own(ada)
    assert refused(await ben.asks("DELETE", f"{SESSIONS}/{theirs}")).code == "not_found"
    assert refused(await world.dov.asks("DELETE", f"{SESSIONS}/{theirs}")).code == "not_found"
    assert await own(ada) == theirs
    assert (await ada.asks("DELETE", f"{SESSIONS}/{theirs}")).status_code == 204
    assert refused(await ada.asks("GET", SESSIONS)).code == "not_signed_in"


async def test_all_others_end_together_and_nobody_elses(world: World) -> None:
    ada, ben = world.ada, world.ben
    tabs = [await another_browser(world, ada) for _ in range(3)]
    await tabs[0].opens(world.board)
    await ben.opens(world.commons)
    await ada.opens(world.commons)
    assert (await ada.asks("DELETE", SESSIONS)).status_code == 204
    assert await tabs[0].until_closed() == SIGNED_OUT
    for tab in tabs:
        assert refused(await tab.asks("GET", "/api/me")).code == "not_signed_in"
    assert len(await devices(ada)) == 1
    await ada.posts("Alone now.")
    await ben.posts("And I am here.")


async def test_a_session_in_another_community_ends_there_too(world: World) -> None:
    """Its sockets sit in rooms of that community: they are told."""
    dov_here = Person(world.here, world.dov.id, world.dov.name)
    world.windows.append(dov_here)
    await dov_here.signs_in()
    await world.dov.opens(world.far_room)
    assert (await dov_here.asks("DELETE", SESSIONS)).status_code == 204
    assert await world.dov.until_closed() == SIGNED_OUT


async def uses(world: World, person: Person) -> tuple[int, int]:
    """When a session was last used, and when it expires."""
    sql = "SELECT used_at, expires_at FROM sessions WHERE person_id = ?"
    [row] = world.platform.rows(sql, person.id)
    return row["used_at"], row["expires_at"]


async def ages(world: World, person: Person, by: int) -> None:
    sql = (
        "UPDATE sessions SET used_at = used_at - ?1, expires_at = expires_at - ?1,"
        " created_at = created_at - ?1, ends_at = ends_at - ?1 WHERE person_id = ?2"
    )
    assert world.platform.change(sql, by, person.id) == 1


async def test_a_session_rolls_with_its_use_once_an_hour(world: World) -> None:
    finn = world.finn
    await finn.signs_in()
    began = await uses(world, finn)
    await finn.gets("/api/me")
    assert await uses(world, finn) == began
    await ages(world, finn, ROLLED_EVERY_MS + 1)
    await finn.gets("/api/me")
    used_at, expires_at = await uses(world, finn)
    assert used_at >= began[0] and expires_at == used_at + SESSION_MS


async def test_a_session_does_not_roll_beyond_its_end(world: World) -> None:
    finn = world.finn
    await finn.signs_in()
    await ages(world, finn, SESSION_MOST_MS - SESSION_MS // 2)
    sql = "UPDATE sessions SET expires_at = ends_at - 1000 WHERE person_id = ?"
    assert world.platform.change(sql, finn.id) == 1
    await finn.gets("/api/me")
    [row] = world.platform.rows("SELECT * FROM sessions WHERE person_id = ?", finn.id)
    assert row["expires_at"] == row["ends_at"]
    world.platform.change("UPDATE sessions SET expires_at = 1 WHERE person_id = ?", finn.id)
    assert refused(await finn.asks("GET", "/api/me")).code == "not_signed_in"


async def test_an_expired_session_is_not_listed(world: World) -> None:
    place: Place = world.here
    ada, phone = world.ada, await another_browser(world, world.ada)
    gone = await own(phone)
    world.platform.change("UPDATE sessions SET expires_at = 1 WHERE id = ?", gone)
    assert gone not in [device["id"] for device in await devices(ada)]
    assert (await place.asks("GET", SESSIONS)).status_code == 401
