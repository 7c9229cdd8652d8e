"""Chapter "Members", and who is brought into a room, changed there and taken out."""

import time

from tests.conformance.answers import refused
from tests.conformance.asking import NOBODY
from tests.conformance.founding import Community
from tests.conformance.witness import covers

DAY_MS = 86_400_000


@covers("route GET /api/members", "limit GET /api/members 100", "limit GET /api/members 200")
@covers("answer GET /api/members refuses not_allowed")
async def test_members_come_by_name_a_page_at_a_time(town: Community) -> None:
    ben, gus = await town.client("ben"), await town.client("gus")
    names, cursor = [], {}
    while True:
        page = await ben.gets("/api/members", limit=1, **cursor)
        names += [member["name"] for member in page["members"]]
        cursor = {"cursor": page["next"]}
        if page["next"] is None:
            break
    assert names == ["Ada", "Ben", "Cleo", "Gus"]
    [found] = (await ben.gets("/api/members", q="CLE"))["members"]
    assert (found["name"], found["role"]) == ("Cleo", "member")
    [guest] = (await ben.gets("/api/members", role="guest"))["members"]
    assert guest["name"] == "Gus"
    for query in ({"limit": "201"}, {"limit": "0"}, {"q": "x" * 101}, {"role": "king"}):
        answer = await ben.asks("GET", "/api/members", params=query)
        assert refused(answer, "bad_fields")["fields"] == list(query)
    refused(await gus.asks("GET", "/api/members"), "not_allowed")


@covers("route PATCH /api/members/{person_id}", "refusal member_not_found")
@covers("answer PATCH /api/members/{person_id} refuses not_allowed")
@covers("answer PATCH /api/members/{person_id} refuses member_not_found")
async def test_a_role_counts_at_once(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    line = await ben.opens(quay)
    path, body = f"/api/members/{ben.id}", {"role": "moderator"}
    answer = await ada.asks("PATCH", path, body)
    assert (answer.status_code, answer.json()["role"]) == (200, "moderator")
    assert "pin_message" in (await line.until("access_changed", within=1.0))["you"]["may"]
    refused(await ben.asks("PATCH", f"/api/members/{ada.id}", body), "not_allowed")
    refused(await ada.asks("PATCH", f"/api/members/{NOBODY}", body), "member_not_found")
    refused(await ada.asks("PATCH", path, {"role": "owner"}), "bad_fields")


@covers("route DELETE /api/members/{person_id}")
@covers("answer DELETE /api/members/{person_id} refuses not_allowed")
@covers("answer DELETE /api/members/{person_id} refuses member_not_found")
async def test_who_is_removed_is_nobody_here(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    line, path = await ben.opens(quay), f"/api/members/{ben.id}"
    refused(await ben.asks("DELETE", f"/api/members/{ada.id}"), "not_allowed")
    assert (await ada.asks("DELETE", path)).status_code == 204
    assert (await line.closed())[0] in (4003, 4001)
    refused(await ben.asks("GET", "/api/me"), "not_signed_in")
    refused(await ada.asks("DELETE", path), "member_not_found")
    socket = await ada.opens(quay)
    assert socket.page["events"][-1]["person"] == ben.person


@covers("route POST /api/members/{person_id}/ban", "route GET /api/bans", "refusal banned")
@covers("route DELETE /api/bans/{person_id}", "limit NewBan.reason 500", "limit GET /api/bans 1000")
@covers("answer POST /api/members/{person_id}/ban refuses not_allowed")
@covers("answer POST /api/members/{person_id}/ban refuses member_not_found")
@covers("answer DELETE /api/bans/{person_id} refuses member_not_found")
@covers("answer DELETE /api/bans/{person_id} refuses not_allowed")
@covers("answer GET /api/bans refuses not_allowed")
@covers("answer POST /api/sign-in/complete refuses banned")
@covers("answer POST /api/local/sign-in refuses banned")
async def test_who_is_banned_stays_out_until_it_is_lifted(town: Community) -> None:
    ada, ben, cleo = [await town.client(name) for name in ("ada", "ben", "cleo")]
    path, until = f"/api/members/{ben.id}/ban", int(time.time() * 1000) + DAY_MS
    refused(await cleo.asks("POST", path, {}), "not_allowed")
    refused(await ada.asks("POST", f"/api/members/{NOBODY}/ban", {}), "member_not_found")
    for wrong in ({"reason": "r" * 501}, {"until": 1}, {"until": "soon"}):
        refused(await ada.asks("POST", path, wrong), "bad_fields")
    ban = await ada.posts(path, {"reason": "r" * 500, "until": until})
    assert (ban["person"], ban["by"], ban["until"]) == (ben.person, ada.person, until)
    assert (await ada.gets("/api/bans"))["bans"] == [ban]
    stranger = town.front.stranger()
    refused(await stranger.asks("POST", "/api/local/sign-in", {"person_id": ben.id}), "banned")
    await stranger.posts("/api/sign-in", {"email": town.email("ben")})
    body = {"token": await stranger.token(town.email("ben"))}
    problem = refused(await stranger.asks("POST", "/api/sign-in/complete", body), "banned")
    assert "r" * 500 in problem["detail"]
    refused(await cleo.asks("GET", "/api/bans"), "not_allowed")
    refused(await cleo.asks("DELETE", f"/api/bans/{ben.id}"), "not_allowed")
    assert (await ada.asks("DELETE", f"/api/bans/{ben.id}")).status_code == 204
    refused(await ada.asks("DELETE", f"/api/bans/{ben.id}"), "member_not_found")
    assert (await town.front.stranger().clicks(ben.id)).me["role"] == "member"


@covers("route POST /api/members/{person_id}/make-owner", "route DELETE /api/me/membership")
@covers("answer POST /api/members/{person_id}/make-owner refuses not_allowed")
@covers("answer POST /api/members/{person_id}/make-owner refuses member_not_found")
@covers("answer DELETE /api/me/membership refuses not_allowed")
async def test_an_owner_leaves_only_after_there_is_another(town: Community) -> None:
    ada, cleo, gus = [await town.client(name) for name in ("ada", "cleo", "gus")]
    refused(await ada.asks("DELETE", "/api/me/membership"), "not_allowed")
    for who, code in ((gus.id, "not_allowed"), (NOBODY, "member_not_found")):
        refused(await ada.asks("POST", f"/api/members/{who}/make-owner"), code)
    answer = await ada.asks("POST", f"/api/members/{cleo.id}/make-owner")
    assert answer.status_code == 204
    assert (await cleo.gets("/api/me"))["role"] == "owner"
    assert (await ada.gets("/api/me"))["role"] == "admin"
    left = await ada.asks("DELETE", "/api/me/membership")
    assert left.headers["set-cookie"].startswith("__Host-session=; Path=/; Max-Age=0")
    refused(await ada.asks("GET", "/api/me"), "not_signed_in")


@covers("route POST /api/rooms/{room_id}/members")
@covers("answer POST /api/rooms/{room_id}/members refuses not_allowed")
@covers("answer POST /api/rooms/{room_id}/members refuses join_first")
@covers("answer POST /api/rooms/{room_id}/members refuses room_not_found")
@covers("answer POST /api/rooms/{room_id}/members refuses member_not_found")
async def test_a_private_room_gets_its_second_member(town: Community) -> None:
    ada, ben, gus = [await town.client(name) for name in ("ada", "ben", "gus")]
    shed = (await ben.makes_room(visibility="private"))["id"]
    path, line = f"/api/rooms/{shed}/members", await ben.opens(shed)
    refused(await ada.asks("POST", path, {"person_id": gus.id}), "room_not_found")
    refused(await ben.asks("POST", path, {"person_id": NOBODY}), "member_not_found")
    for _ in range(2):
        added = await ben.posts(path, {"person_id": gus.id})
        assert (added["id"], added["role"]) == (gus.id, "member")
    assert (await line.until("member_joined"))["person"] == gus.person
    assert (await line.says("Welcome."))["seq"] == 3, "adding twice is adding once"
    assert [room["id"] for room in (await gus.gets("/api/rooms"))["rooms"]] == [shed]
    refused(await gus.asks("POST", path, {"person_id": ada.id}), "not_allowed")
    open_room = (await ben.makes_room())["id"]
    path = f"/api/rooms/{open_room}/members"
    refused(await ada.asks("POST", path, {"person_id": gus.id}), "join_first")


@covers("route PATCH /api/rooms/{room_id}/members/{person_id}")
@covers("answer PATCH /api/rooms/{room_id}/members/{person_id} refuses not_allowed")
@covers("answer PATCH /api/rooms/{room_id}/members/{person_id} refuses room_not_found")
@covers("answer PATCH /api/rooms/{room_id}/members/{person_id} refuses member_not_found")
async def test_a_room_keeps_an_admin(town: Community) -> None:
    ben, cleo, gus = [await town.client(name) for name in ("ben", "cleo", "gus")]
    room = (await ben.makes_room())["id"]
    path = f"/api/rooms/{room}/members"
    await cleo.posts(f"/api/rooms/{room}/join")
    line = await cleo.opens(room)
    refused(await ben.asks("PATCH", f"{path}/{ben.id}", {"role": "member"}), "not_allowed")
    refused(await cleo.asks("PATCH", f"{path}/{cleo.id}", {"role": "admin"}), "not_allowed")
    refused(await gus.asks("PATCH", f"{path}/{cleo.id}", {"role": "admin"}), "room_not_found")
    refused(await ben.asks("PATCH", f"{path}/{gus.id}", {"role": "admin"}), "member_not_found")
    answer = await ben.asks("PATCH", f"{path}/{cleo.id}", {"role": "admin"})
    assert answer.json()["role"] == "admin"
    assert (await line.until("access_changed", within=1.0))["you"]["role"] == "admin"
    refused(await cleo.asks("PATCH", f"{path}/{ben.id}", {"role": "member"}), "not_allowed")
    answer = await ben.asks("PATCH", f"{path}/{ben.id}", {"role": "member"})
    assert answer.json()["role"] == "member", "who is not the last one may step down"


async def test_a_private_room_that_is_left_to_guests_has_an_admin(town: Community) -> None:
    ada, ben, gus = [await town.client(name) for name in ("ada", "ben", "gus")]
    room = (await ben.makes_room(visibility="private"))["id"]
    path = f"/api/rooms/{room}/members"
    await ben.posts(path, {"person_id": gus.id})
    line = await gus.opens(room)
    await ben.posts(f"/api/rooms/{room}/leave")
    assert (await line.until("access_changed", within=1.0))["you"]["role"] == "admin"
    assert (await gus.posts(path, {"person_id": ada.id}))["role"] == "member"


@covers("route DELETE /api/rooms/{room_id}/members/{person_id}")
@covers("answer DELETE /api/rooms/{room_id}/members/{person_id} refuses not_allowed")
@covers("answer DELETE /api/rooms/{room_id}/members/{person_id} refuses join_first")
@covers("answer DELETE /api/rooms/{room_id}/members/{person_id} refuses room_not_found")
@covers("answer DELETE /api/rooms/{room_id}/members/{person_id} refuses member_not_found")
async def test_who_is_taken_out_of_a_room_is_a_visitor(town: Community) -> None:
    ada, ben, cleo, gus = [await town.client(name) for name in ("ada", "ben", "cleo", "gus")]
    room = (await ben.makes_room())["id"]
    path = f"/api/rooms/{room}/members/{cleo.id}"
    refused(await ben.asks("DELETE", path), "member_not_found")
    await cleo.posts(f"/api/rooms/{room}/join")
    line = await cleo.opens(room)
    refused(await cleo.asks("DELETE", f"/api/rooms/{room}/members/{ben.id}"), "not_allowed")
    refused(await ada.asks("DELETE", path), "join_first")
    refused(await gus.asks("DELETE", path), "room_not_found")
    assert (await ben.asks("DELETE", path)).status_code == 204
    assert (await line.until("member_left", within=1.0))["person"] == cleo.person
    assert (await line.until("access_changed"))["you"]["role"] == "visitor"
