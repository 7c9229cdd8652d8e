"""Chapter "What roles may do": decided for a community, for a room, and taken back."""

from typing import Any

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community
from tests.conformance.witness import covers

QUIET = {"role": "room_member", "verb": "post_message", "allowed": False}
TABLE = document.permissions()
TEXT = {"type": "send_message", "ref": "r", "content": "Hello."}


async def decides(who: Client, path: str, **what: Any) -> Any:
    answer = await who.asks("PUT", path, what)
    assert answer.status_code == 200, answer.text
    found = {each["verb"]: each["decided"] for each in answer.json()["permissions"]}
    return found[what["verb"]]


@covers("route GET /api/permissions", "route PUT /api/permissions", "verb edit_permissions")
@covers("answer GET /api/permissions refuses not_allowed")
@covers("answer PUT /api/permissions refuses not_allowed")
async def test_what_a_community_decides_counts_at_open_sockets(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    told = (await ada.gets("/api/permissions"))["permissions"]
    assert [each["verb"] for each in told] == [verb for verb, who in TABLE if who == "no member"]
    line = await ben.opens(quay)
    await line.says("Before.")
    assert await decides(ada, "/api/permissions", **QUIET) == {"room_member": False}
    you = (await line.until("access_changed", within=1.0))["you"]
    assert "post_message" not in you["may"]
    no = await line.is_refused("not_allowed", TEXT)
    assert "it was decided that members of the room may not" in no["detail"]
    assert await decides(ada, "/api/permissions", **(QUIET | {"allowed": None})) == {}
    await line.until("access_changed", within=1.0)
    await line.says("After.")
    for method, body in (("GET", None), ("PUT", QUIET)):
        refused(await ben.asks(method, "/api/permissions", body), "not_allowed")


@covers("verb share_link")
async def test_links_can_be_taken_from_a_role(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    line, away = await ben.opens(town.rooms["quay"]), QUIET | {"verb": "share_link"}
    link = TEXT | {"content": "See https://tides.example/today"}
    await line.says(f"{link['content']} before.")
    assert await decides(ada, "/api/permissions", **away) == {"room_member": False}
    await line.until("access_changed", within=1.0)
    no = await line.is_refused("not_allowed", link)
    assert "share links here because it was decided" in no["detail"]
    await line.says("No link.")
    assert await decides(ada, "/api/permissions", **(away | {"allowed": None})) == {}
    await line.until("access_changed", within=1.0)
    await line.says(f"{link['content']} after.")


@covers("route GET /api/rooms/{room_id}/permissions", "route PUT /api/rooms/{room_id}/permissions")
@covers("answer GET /api/rooms/{room_id}/permissions refuses not_allowed")
@covers("answer GET /api/rooms/{room_id}/permissions refuses room_not_found")
@covers("answer PUT /api/rooms/{room_id}/permissions refuses not_allowed")
@covers("answer PUT /api/rooms/{room_id}/permissions refuses room_not_found")
@covers("verb edit_room_permissions")
async def test_a_room_s_admin_decides_for_that_room_alone(town: Community) -> None:
    ben, cleo, gus = [await town.client(name) for name in ("ben", "cleo", "gus")]
    news, talk = (await ben.makes_room())["id"], (await ben.makes_room())["id"]
    for room in (news, talk):
        await cleo.posts(f"/api/rooms/{room}/join")
    path, line = f"/api/rooms/{news}/permissions", await cleo.opens(news)
    assert await decides(ben, path, **QUIET) == {"room_member": False}
    await line.until("access_changed", within=1.0)
    await line.is_refused("not_allowed", TEXT)
    await (await cleo.opens(talk)).says("Here we talk.")
    told = {each["verb"]: each for each in (await ben.gets(path))["permissions"]}
    assert "room_member" in told["post_message"]["by_default"]
    assert set(told) == {verb for verb, who in TABLE if who == "visitor"}
    for method, body in (("GET", None), ("PUT", QUIET)):
        refused(await cleo.asks(method, path, body), "not_allowed")
        refused(await gus.asks(method, path, body), "room_not_found")


@covers("verb create_private_room")
async def test_who_makes_rooms_for_all_need_not_make_private_ones(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    no = {"role": "member", "verb": "create_private_room", "allowed": False}
    assert (await ben.makes_room(visibility="private"))["visibility"] == "private"
    assert await decides(ada, "/api/permissions", **no) == {"member": False}
    body = {"name": "Attic", "visibility": "private"}
    refused(await ben.asks("POST", "/api/rooms", body), "not_allowed")
    assert (await ben.makes_room())["visibility"] == "public"


@covers("answer PUT /api/permissions refuses bad_fields")
async def test_nobody_decides_above_themselves_or_over_what_is_fixed(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    assert (await ada.asks("PATCH", f"/api/members/{ben.id}", {"role": "admin"})).is_success
    assert await decides(ada, "/api/permissions", role="admin", verb="ban_member", allowed=False)
    for role, verb, code in (
        ("member", "ban_member", "not_allowed"),
        ("admin", "create_room", "not_allowed"),
        ("owner", "create_room", "bad_fields"),
        ("member", "see_community", "bad_fields"),
        ("room_member", "create_room", "bad_fields"),
    ):
        body = {"role": role, "verb": verb, "allowed": True}
        refused(await ben.asks("PUT", "/api/permissions", body), code)
    refused(await ada.asks("PUT", "/api/permissions", QUIET | {"allowed": 0}), "bad_fields")
