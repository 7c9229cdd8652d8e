"""Programs that act for somebody: as far as their token's scopes reach, and no further."""

from typing import Any

from tests.cast import World
from tests.integration.test_email_changes import COMPLETE, asks_for
from tests.person import Person
from tests.place import refused

TOKENS = "/api/me/tokens"
SIGNED_OUT = 4001


async def makes(person: Person, *scopes: str) -> dict[str, Any]:
    body = {"name": "Harvest log", "scopes": list(scopes)}
    answer = await person.asks("POST", TOKENS, json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def bearer(made: dict[str, Any]) -> dict[str, str]:
    return {"authorization": f"Bearer {made['secret']}"}


async def test_a_token_reaches_as_far_as_its_scopes(world: World) -> None:
    reads = bearer(await makes(world.ada, "rooms:read"))
    writes = bearer(await makes(world.ada, "rooms:write", "people:read"))
    listed = await world.here.asks("GET", "/api/rooms", headers=reads)
    assert {room["id"] for room in listed.json()["rooms"]} == {world.commons, world.board}
    me = await world.here.asks("GET", "/api/me", headers=writes)
    assert me.json()["person"]["id"] == world.ada.id
    room = {"name": "Of a program"}
    no = await world.here.asks("POST", "/api/rooms", json=room, headers=reads)
    assert refused(no).code == "out_of_scope"
    made = await world.here.asks("POST", "/api/rooms", json=room, headers=writes)
    assert made.status_code == 201, made.text


async def test_no_token_reaches_who_somebody_is_or_what_they_may(world: World) -> None:
    scopes = ("rooms:read", "rooms:write", "people:read", "graphs:read", "graphs:write")
    token = bearer(await makes(world.ada, *scopes))
    for method, path in (
        ("POST", TOKENS),
        ("GET", TOKENS),
        ("GET", "/api/me/sessions"),
        ("DELETE", "/api/me/sessions"),
        ("PATCH", "/api/me/profile"),
        ("PUT", f"/api/rooms/{world.commons}/permissions"),
        ("PATCH", f"/api/rooms/{world.commons}/members/{world.ada.id}"),
    ):
        answer = await world.here.asks(method, path, headers=token)
        assert refused(answer).code == "out_of_scope", (method, path)
    assert len((await world.ada.gets(TOKENS))["tokens"]) == 1


async def test_a_token_is_worth_nothing_in_another_community(world: World) -> None:
    token = bearer(await makes(world.ada, "rooms:read"))
    assert (await world.here.asks("GET", "/api/rooms", headers=token)).status_code == 200
    there = await world.elsewhere.asks("GET", "/api/rooms", headers=token)
    assert refused(there).code == "not_signed_in"


async def test_a_forged_expired_or_ended_token_is_nobodys_whatever_cookie_is_beside_it(
    world: World,
) -> None:
    made = await makes(world.ada, "rooms:read")
    forged = [f"Bearer vgr_{'a' * 43}", "Bearer", "Basic YTpi", made["secret"], "Bearer vgr_"]
    for header in forged:
        answer = await world.ada.asks("GET", "/api/rooms", headers={"authorization": header})
        assert refused(answer).code == "not_signed_in"
    assert (await world.here.asks("GET", "/api/rooms", headers=bearer(made))).status_code == 200
    path = f"{TOKENS}/{made['token']['id']}"
    assert refused(await world.ben.asks("DELETE", path)).code == "not_found"
    late = await makes(world.ada, "rooms:read")
    world.platform.change("UPDATE api_tokens SET expires_at = 1 WHERE id = ?", late["token"]["id"])
    assert (await world.ada.asks("DELETE", path)).status_code == 204
    for gone in (made, late):
        answer = await world.here.asks("GET", "/api/rooms", headers=bearer(gone))
        assert refused(answer).code == "not_signed_in"


async def test_its_last_use_is_shown_and_its_secret_never_again(world: World) -> None:
    made = await makes(world.ada, "rooms:read")
    [before] = (await world.ada.gets(TOKENS))["tokens"]
    assert before == made["token"] and before["used_at"] is None
    await world.here.asks("GET", "/api/rooms", headers=bearer(made))
    listed = await world.ada.gets(TOKENS)
    assert listed["tokens"][0]["used_at"] >= before["created_at"]
    assert made["secret"] not in str(listed)
    kept = world.platform.rows("SELECT * FROM api_tokens WHERE id = ?", before["id"])
    assert made["secret"] not in str(kept)


async def test_a_token_opens_a_socket_by_ticket_and_takes_it_along(world: World) -> None:
    made = await makes(world.ada, "rooms:write")
    body = {"room_id": world.commons}
    bought = await world.here.asks("POST", "/api/socket-tickets", json=body, headers=bearer(made))
    window = world.window(world.ada)
    window.cookie = "nothing=here"
    await window.opens(world.commons, after=f"0&ticket={bought.json()['ticket']}")
    await window.posts("From a program.")
    await world.ada.asks("DELETE", f"{TOKENS}/{made['token']['id']}")
    assert await window.until_closed() == SIGNED_OUT


async def test_a_token_ends_with_the_membership_and_with_the_address(world: World) -> None:
    finn, ada = [bearer(await makes(who, "rooms:write")) for who in (world.finn, world.ada)]
    body = {"room_id": world.commons}
    bought = await world.here.asks("POST", "/api/socket-tickets", json=body, headers=ada)
    window = world.window(world.ada)
    window.cookie = "nothing=here"
    await window.opens(world.commons, after=f"0&ticket={bought.json()['ticket']}")
    path = f"/api/members/{world.finn.id}"
    assert (await world.ada.asks("DELETE", path)).status_code == 204
    await world.finn.signs_in()
    link = await asks_for(world.ada, f"new@{world.here.domain}")
    assert (await world.ada.asks("POST", COMPLETE, json=link)).status_code == 204
    assert await window.until_closed() == SIGNED_OUT
    for token in (finn, ada):
        answer = await world.here.asks("POST", "/api/socket-tickets", json=body, headers=token)
        assert refused(answer).code == "not_signed_in"


async def test_a_token_may_no_more_than_its_person(world: World) -> None:
    token = bearer(await makes(world.finn, "rooms:read", "rooms:write"))
    seen = await world.here.asks("GET", f"/api/rooms/{world.commons}/messages", headers=token)
    assert seen.status_code == 200, seen.text
    hidden = await world.here.asks("GET", f"/api/rooms/{world.board}/messages", headers=token)
    assert refused(hidden).code == "room_not_found"
