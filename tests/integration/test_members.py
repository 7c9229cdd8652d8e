"""Roles, removals, bans and ownership, with the rooms that people sit in meanwhile."""

import time
from typing import Any

import httpx

from domain.addresses import COMMUNITIES_OWNED
from schema.wire import AccessChanged, CloseCode
from tests.cast import World
from tests.person import Person
from tests.place import refused
from tests.sight import Expected, sees_leaving, sees_refusal

SOON_S = 1.0


async def gives(actor: Person, target: Person, role: str) -> httpx.Response:
    return await actor.asks("PATCH", f"/api/members/{target.id}", json={"role": role})


async def bans(actor: Person, target: Person, **how: Any) -> httpx.Response:
    return await actor.asks("POST", f"/api/members/{target.id}/ban", json=how)


def sees_access(*, to: str, of: bool) -> Expected[AccessChanged]:
    """That a verb came or went."""
    return Expected(f"{to}: {of}", AccessChanged, lambda e: (to in e.you.may) is of)


def acts(world: World, target: Person) -> list[str]:
    sql = "SELECT action FROM audit_log WHERE target_id = ? ORDER BY id"
    return [row["action"] for row in world.platform.rows(sql, target.id)]


async def test_a_new_role_counts_at_an_open_socket_within_a_second(world: World) -> None:
    ada, edda = world.ada, world.edda
    await edda.opens(world.commons)
    answer = await gives(ada, edda, "moderator")
    assert (answer.status_code, answer.json()["role"]) == (200, "moderator")
    await edda.until(sees_access(to="pin_message", of=True), within=SOON_S)
    edda.forgets()
    assert (await gives(ada, edda, "member")).status_code == 200
    await edda.until(sees_access(to="pin_message", of=False), within=SOON_S)
    assert acts(world, edda) == ["change_role", "change_role"]


async def test_who_becomes_a_guest_loses_the_public_rooms_they_only_read(world: World) -> None:
    finn, edda = world.finn, world.edda
    await finn.opens(world.commons)
    await edda.opens(world.commons)
    for person in (finn, edda):
        assert (await gives(world.ada, person, "guest")).status_code == 200
    assert await finn.until_closed(within=SOON_S) == CloseCode.NO_LONGER_ADMITTED
    await edda.posts("I am in this room, so I stay.")


async def test_nobody_reaches_above_themselves(world: World) -> None:
    ada, ben, cleo, edda = world.ada, world.ben, world.cleo, world.edda
    assert (await gives(ben, edda, "moderator")).status_code == 200
    for actor, target, role in (
        (cleo, edda, "member"),
        (ben, ada, "member"),
        (edda, edda, "admin"),
    ):
        assert refused(await gives(actor, target, role)).code == "not_allowed"
    assert refused(await gives(ada, edda, "owner")).code == "bad_fields"
    assert refused(await gives(ada, world.dov, "member")).code == "member_not_found"
    assert acts(world, ada) == []


async def test_who_is_removed_is_out_everywhere_and_signed_out_here(world: World) -> None:
    ada, edda, also_edda = world.ada, world.edda, world.window(world.edda)
    made = (await edda.asks("POST", "/api/rooms", json={"name": "Shed"})).json()["id"]
    for window, room in ((ada, world.commons), (edda, world.commons), (also_edda, made)):
        window.cookie = ada.cookie if window is ada else edda.cookie
        await window.opens(room)
    assert (await ada.asks("DELETE", f"/api/members/{edda.id}")).status_code == 204
    await ada.until(sees_leaving(edda), within=SOON_S)
    for window in (edda, also_edda):
        assert await window.until_closed() in (CloseCode.NO_LONGER_ADMITTED, CloseCode.SIGNED_OUT)
    assert refused(await edda.asks("GET", "/api/me")).code == "not_signed_in"
    sql = "SELECT 1 FROM chat_members WHERE user_id = ?"
    assert world.platform.rows(sql, edda.id) == []
    assert acts(world, edda) == ["remove_member"]
    again = await ada.asks("DELETE", f"/api/members/{edda.id}")
    assert refused(again).code == "member_not_found"


async def test_a_removal_that_a_failure_cut_short_is_made_good_by_asking_again(
    world: World,
) -> None:
    """D1 has forgotten the member, and no room was told."""
    ada, edda = world.ada, world.edda
    await ada.opens(world.commons)
    sql = "DELETE FROM community_members WHERE user_id = ?"
    assert world.platform.change(sql, edda.id) == 1
    assert (await ada.asks("DELETE", f"/api/members/{edda.id}")).status_code == 204
    await ada.until(sees_leaving(edda), within=SOON_S)


async def test_who_was_removed_may_come_back_and_who_is_banned_may_not(world: World) -> None:
    ada, edda, finn = world.ada, world.edda, world.finn
    await edda.signs_in()
    await finn.opens(world.commons)
    assert (await ada.asks("DELETE", f"/api/members/{edda.id}")).status_code == 204
    edda.cookie = ""
    await edda.signs_in()
    assert (await edda.asks("GET", "/api/me")).json()["role"] == "member"
    assert (await bans(ada, finn, reason="Noise.")).status_code == 200
    assert await finn.until_closed(within=SOON_S) == CloseCode.NO_LONGER_ADMITTED
    assert refused(await finn.asks("GET", "/api/rooms")).code == "not_signed_in"
    body = {"person_id": finn.id}
    turned = refused(await world.here.asks("POST", "/api/local/sign-in", json=body))
    assert turned.code == "banned"
    assert turned.detail == "You are banned from Home. The reason given: Noise."
    assert (await ada.asks("DELETE", f"/api/bans/{finn.id}")).status_code == 204
    finn.cookie = ""
    await finn.signs_in()
    assert acts(world, finn) == ["ban_member", "lift_ban"]


async def test_a_ban_ends_by_itself(world: World) -> None:
    soon = int(time.time() * 1000) + 3_600_000
    assert (await bans(world.cleo, world.edda, until=soon)).json()["until"] == soon
    [ban] = (await world.cleo.gets("/api/bans"))["bans"]
    assert (ban["person"]["id"], ban["by"]["id"]) == (world.edda.id, world.cleo.id)
    sql = "UPDATE bans SET until = 1 WHERE person_id = ?"
    assert world.platform.change(sql, world.edda.id) == 1
    await world.edda.signs_in()
    assert (await world.cleo.gets("/api/bans"))["bans"] == []


async def test_a_moderator_bans_members_and_nobody_above(world: World) -> None:
    cleo = world.cleo
    assert (await bans(cleo, world.edda)).status_code == 200
    for target in (world.ada, world.ben, cleo):
        assert refused(await bans(cleo, target)).code == "not_allowed"
    assert refused(await bans(world.finn, cleo)).code == "not_allowed"
    assert refused(await bans(cleo, world.dov)).code == "member_not_found"
    assert refused(await bans(cleo, world.finn, until=1)).code == "bad_fields"


async def test_nobody_changes_or_lifts_the_ban_of_somebody_above_them(world: World) -> None:
    ada, cleo, edda, finn = world.ada, world.cleo, world.edda, world.finn
    soon = int(time.time() * 1000) + 3_600_000
    assert (await bans(cleo, edda)).status_code == 200
    assert (await bans(ada, finn)).status_code == 200
    assert (await bans(cleo, edda, until=soon)).json()["until"] == soon
    assert refused(await bans(cleo, finn, until=soon)).code == "not_allowed"
    assert refused(await cleo.asks("DELETE", f"/api/bans/{finn.id}")).code == "not_allowed"
    assert (await cleo.asks("DELETE", f"/api/bans/{edda.id}")).status_code == 204
    assert (await ada.asks("DELETE", f"/api/bans/{finn.id}")).status_code == 204


async def test_the_ownership_goes_over_and_an_owner_always_remains(world: World) -> None:
    ada, edda = world.ada, world.edda
    assert refused(await ada.asks("DELETE", "/api/me/membership")).code == "not_allowed"
    path = f"/api/members/{edda.id}/make-owner"
    assert refused(await world.ben.asks("POST", path)).code == "not_allowed"
    await edda.opens(world.commons)
    assert (await ada.asks("POST", path)).status_code == 204
    await edda.until(sees_access(to="pin_message", of=True), within=SOON_S)
    assert (await edda.gets("/api/me"))["role"] == "owner"
    assert (await ada.gets("/api/me"))["role"] == "admin"
    answer = await ada.asks("DELETE", "/api/me/membership")
    assert answer.status_code == 204 and "Max-Age=0" in answer.headers["set-cookie"]
    await edda.until(sees_leaving(ada))
    assert refused(await edda.asks("DELETE", "/api/me/membership")).code == "not_allowed"


async def test_nobody_is_made_the_owner_of_more_than_they_may_begin(world: World) -> None:
    edda, path = world.edda, f"/api/members/{world.edda.id}/make-owner"
    owns = (
        "INSERT INTO community_members (community_id, user_id, role, joined_at)"
        " SELECT ?1 || value, ?2, 'owner', 1 FROM json_each(?3)"
    )
    mark = f"other-{edda.id}-"
    numbers = str(list(range(COMMUNITIES_OWNED)))
    assert world.platform.change(owns, mark, edda.id, numbers) == COMMUNITIES_OWNED
    no = refused(await world.ada.asks("POST", path))
    assert (no.code, no.detail) == ("not_allowed", "They own as many communities as one may.")
    assert (await edda.gets("/api/me"))["role"] == "member"
    assert acts(world, edda) == []
    gone = "DELETE FROM community_members WHERE community_id = ?"
    assert world.platform.change(gone, f"{mark}0") == 1
    assert (await world.ada.asks("POST", path)).status_code == 204
    assert (await edda.gets("/api/me"))["role"] == "owner"


async def test_the_admin_of_a_room_who_leaves_has_an_heir(world: World) -> None:
    edda, finn = world.edda, world.finn
    room = (await edda.asks("POST", "/api/rooms", json={"name": "Shed"})).json()["id"]
    assert (await finn.asks("POST", f"/api/rooms/{room}/join")).status_code == 200
    await finn.opens(room)
    assert (await edda.asks("POST", f"/api/rooms/{room}/leave")).status_code == 204
    changed = await finn.until(sees_access(to="edit_room", of=True), within=SOON_S)
    assert changed.you.role == "admin"


async def test_another_communitys_members_are_out_of_reach(world: World) -> None:
    """Dov owns his community and may do all of this there."""
    dov, edda = world.dov, world.edda
    await edda.opens(world.commons)
    await dov.signs_in()
    for at in (dov, dov.visiting(world.here)):
        code = "member_not_found" if at is dov else "not_signed_in"
        assert refused(await gives(at, edda, "guest")).code == code
        assert refused(await bans(at, edda)).code == code
        for method, path in (
            ("DELETE", f"/api/members/{edda.id}"),
            ("POST", f"/api/members/{edda.id}/make-owner"),
            ("DELETE", f"/api/bans/{edda.id}"),
        ):
            assert refused(await at.asks(method, path)).code == code
    found = await dov.gets("/api/members", cursor=edda.id)
    assert all(member["id"] == dov.id for member in found["members"])
    await edda.posts("Still here.")
    await edda.says(type="send_message", ref="no", content="")
    await edda.until(sees_refusal("empty_message", "no"))
