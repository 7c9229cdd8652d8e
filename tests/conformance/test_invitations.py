"""Chapter "Invitations": making, showing, revoking, and coming in by one."""

import asyncio
import time
from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

PATH = "/api/invitations"
PEOPLE: dict[str, str | None] = {"ada": "owner", "adm": "admin", "mod": "moderator"}
PEOPLE |= {"ben": "member", "gus": "guest", "bot": "bot"}
ROOMS: list[dict[str, Any]] = [
    {"name": "quay", "settings": {"visibility": "public"}, "members": ["ada"]},
    {"name": "cabin", "settings": {"visibility": "private"}, "members": ["ada", "mod"]},
]
DAY_MS = 86_400_000
TABLE = document.permissions()


@pytest.fixture
async def town(square: Community) -> Community:
    """A place with somebody of every role."""
    return await found(square.front.http, PEOPLE, ROOMS)


async def outsider(town: Community, name: str = "dov") -> Client:
    """Somebody with an address that nobody here knows, signed in, and a member by that."""
    return await town.front.stranger().signs_in(town.email(name))


async def preview(who: Client, code: str) -> Any:
    return await who.asks("GET", f"{PATH}/{code}/preview")


async def accept(who: Client, code: str) -> Any:
    return await who.asks("POST", f"{PATH}/{code}/accept")


@covers("route POST /api/invitations", "route GET /api/invitations")
@covers("route GET /api/invitations/{code}/preview", "route POST /api/invitations/{code}/accept")
async def test_an_invitation_leads_into_its_rooms(town: Community) -> None:
    ada, cabin = await town.client("ada"), town.rooms["cabin"]
    body = {"role": "member", "room_ids": [cabin], "uses": 2, "expires_in_days": 3}
    made = await ada.posts(PATH, body)
    assert (made["role"], made["uses"], made["arrivals"]) == ("member", 2, [])
    assert made["rooms"] == [{"id": cabin, "name": "cabin"}] and made["inviter"] == ada.person
    assert made["expires_at"] - made["created_at"] == 3 * DAY_MS
    assert abs(made["created_at"] - time.time() * 1000) < 60_000
    told = (await preview(town.front.stranger(), made["code"])).json()
    assert told["community"] == await town.front.gets("/api/community")
    assert (told["inviter"], told["role"], told["rooms"]) == ("Ada", "member", ["cabin"])
    socket = await ada.opens(cabin)
    dov = await outsider(town)
    answer = (await accept(dov, made["code"])).json()
    assert answer["room_ids"] == [cabin] and answer["me"]["person"] == dov.person
    assert (await socket.until("member_joined"))["person"] == dov.person
    assert (await dov.opens(cabin)).welcome["you"]["role"] == "member"
    [listed] = (await ada.gets(PATH))["invitations"]
    assert [arrival["person"] for arrival in listed["arrivals"]] == [dov.person]


async def test_what_is_left_out_has_its_default(town: Community) -> None:
    made = await (await town.client("ada")).posts(PATH, {})
    assert (made["role"], made["rooms"], made["uses"], made["email"]) == ("member", [], 1, None)
    assert made["expires_at"] - made["created_at"] == 7 * DAY_MS


@covers("verb invite_member", "verb invite_guest", "refusal not_allowed")
@covers("answer POST /api/invitations refuses not_allowed")
async def test_who_may_invite(town: Community) -> None:
    roles = {"ada": "owner", "adm": "admin", "mod": "moderator", "ben": "member", "gus": "guest"}
    for name, role in (roles | {"bot": "bot"}).items():
        client = await town.client(name)
        for offered, verb in (("guest", "invite_guest"), ("member", "invite_member")):
            answer = await client.asks("POST", PATH, {"role": offered})
            heard = "yes" if answer.is_success else answer.json()["code"]
            assert heard == TABLE[verb, role], (name, offered)


async def test_nobody_invites_above_themselves(town: Community) -> None:
    adm, mod = await town.client("adm"), await town.client("mod")
    assert (await adm.posts(PATH, {"role": "admin"}))["role"] == "admin"
    assert (await mod.posts(PATH, {"role": "member"}))["role"] == "member"
    for role in ("moderator", "admin"):
        refused(await mod.asks("POST", PATH, {"role": role}), "not_allowed")
    for role in ("owner", "bot", "visitor"):
        problem = refused(await adm.asks("POST", PATH, {"role": role}), "bad_fields")
        assert problem["fields"] == ["role"]


@covers("answer POST /api/invitations refuses room_not_found")
async def test_nobody_invites_into_a_room_that_is_not_theirs_to_open(town: Community) -> None:
    ada, adm, mod = [await town.client(name) for name in ("ada", "adm", "mod")]
    far = (await found(town.front.http)).rooms["cabin"]
    inside = {"room_ids": [town.rooms["cabin"]]}
    assert (await ada.posts(PATH, inside))["rooms"]
    refused(await adm.asks("POST", PATH, inside), "room_not_found")
    refused(await mod.asks("POST", PATH, inside), "not_allowed")
    for room in (far, "no-such-room"):
        refused(await ada.asks("POST", PATH, {"room_ids": [room]}), "room_not_found")


async def test_a_guest_is_in_the_named_rooms_alone(square: Community) -> None:
    rooms = [*ROOMS, {"name": "hall", "settings": {"default": True}, "members": ["ada"]}]
    town = await found(square.front.http, PEOPLE | {"kim": None}, rooms)
    gus, quay = await town.client("gus"), town.rooms["quay"]
    assert (await gus.gets("/api/rooms"))["rooms"] == []
    ada = await town.client("ada")
    made = await ada.posts(PATH, {"role": "guest", "room_ids": [quay]})
    answer = (await accept(gus, made["code"])).json()
    assert (answer["me"]["role"], answer["room_ids"]) == ("guest", [quay])
    assert [room["id"] for room in (await gus.gets("/api/rooms"))["rooms"]] == [quay]
    for name in ("cabin", "hall"):
        path = f"/api/rooms/{town.rooms[name]}/messages"
        refused(await gus.asks("GET", path), "room_not_found")


@covers("refusal invitation_not_valid")
@covers("answer GET /api/invitations/{code}/preview refuses invitation_not_valid")
@covers("answer POST /api/invitations/{code}/accept refuses invitation_not_valid")
@covers("route DELETE /api/invitations/{invitation_id}")
async def test_any_code_that_is_none_is_answered_alike(town: Community) -> None:
    ada, dov = await town.client("ada"), await outsider(town)
    open_one, gone, used = [await ada.posts(PATH, {"role": "guest"}) for _ in range(3)]
    far = await (await (await found(town.front.http)).client("ada")).posts(PATH, {})
    assert (await preview(dov, open_one["code"])).status_code == 200
    for _ in range(2):
        assert (await ada.asks("DELETE", f"{PATH}/{gone['id']}")).status_code == 204
    mailed = await ada.posts(PATH, {"email": town.email("kari")})
    cut = open_one["code"][:-1]
    for code in (gone["code"], far["code"], cut, "a" * 20, "x", "%00", "' OR 1=1 --"):
        problems = [refused(await accept(dov, code), "invitation_not_valid")]
        problems.append(refused(await preview(dov, code), "invitation_not_valid"))
        assert len({problem["detail"] for problem in problems}) == 1
    refused(await accept(dov, mailed["code"]), "invitation_not_valid")
    assert used["arrivals"] == []


async def test_its_uses_are_counted(town: Community) -> None:
    ada, cabin = await town.client("ada"), town.rooms["cabin"]
    made = await ada.posts(PATH, {"room_ids": [cabin], "uses": 2})
    crowd = [await outsider(town, f"d{number}") for number in range(5)]
    answers = await asyncio.gather(*[accept(who, made["code"]) for who in crowd])
    assert sorted(answer.status_code for answer in answers) == [200, 200, 410, 410, 410]
    lucky = next(who for who, answer in zip(crowd, answers, strict=True) if answer.is_success)
    assert (await accept(lucky, made["code"])).json()["room_ids"] == [cabin], "they are in"
    await lucky.posts(f"/api/rooms/{cabin}/leave")
    assert (await accept(lucky, made["code"])).json()["room_ids"] == [], "not by it again"
    refused(await lucky.asks("GET", f"/api/rooms/{cabin}/messages"), "room_not_found")


async def test_a_link_raises_only_as_its_inviter_might_and_never_lowers(town: Community) -> None:
    adm, mod, ben = [await town.client(name) for name in ("adm", "mod", "ben")]
    lower = await adm.posts(PATH, {"role": "guest"})
    assert (await accept(ben, lower["code"])).json()["me"]["role"] == "member"
    by_mod, gus = await mod.posts(PATH, {"role": "member"}), await town.client("gus")
    assert (await accept(gus, by_mod["code"])).json()["me"]["role"] == "guest"
    by_adm = await adm.posts(PATH, {"role": "moderator"})
    assert (await accept(ben, by_adm["code"])).json()["me"]["role"] == "moderator"
    ada = await town.client("ada")
    assert (await accept(ada, lower["code"])).json()["me"]["role"] == "owner"


async def test_one_by_mail_reaches_its_address_and_nobody_else(town: Community) -> None:
    ada, email = await town.client("ada"), town.email("kari")
    made = await ada.posts(PATH, {"email": email, "room_ids": [town.rooms["cabin"]]})
    [mail] = await ada.mails(email)
    assert mail["link"] == f"http://{ada.host}/join/{made['code']}" and "Ada" in mail["text"]
    refused(await accept(await outsider(town), made["code"]), "invitation_not_valid")
    kari = await outsider(town, "kari")
    assert (await accept(kari, made["code"])).json()["room_ids"] == [town.rooms["cabin"]]


@covers("verb manage_invitations")
@covers("answer DELETE /api/invitations/{invitation_id} refuses not_found")
async def test_who_sees_and_revokes_whose(town: Community) -> None:
    ada, adm, mod = [await town.client(name) for name in ("ada", "adm", "mod")]
    hers, his = await ada.posts(PATH, {}), await mod.posts(PATH, {})
    seen = {made["id"]: made["code"] for made in (await adm.gets(PATH))["invitations"]}
    assert seen == {hers["id"]: None, his["id"]: None}, "another's code is another's right"
    assert [made["id"] for made in (await mod.gets(PATH))["invitations"]] == [his["id"]]
    for who in (mod, await town.client("ben")):
        refused(await who.asks("DELETE", f"{PATH}/{hers['id']}"), "not_found")
    stranger = await (await found(town.front.http)).client("ada")
    refused(await stranger.asks("DELETE", f"{PATH}/{hers['id']}"), "not_found")
    assert (await adm.asks("DELETE", f"{PATH}/{his['id']}")).status_code == 204
    assert (await preview(adm, hers["code"])).status_code == 200
    refused(await preview(adm, his["code"]), "invitation_not_valid")


@covers("limit Invitations 60")
async def test_who_guesses_codes_is_soon_too_fast(town: Community) -> None:
    """Within a minute; one that begins meanwhile begins anew."""
    made, nobody = await (await town.client("ada")).posts(PATH, {}), town.front.stranger()
    heard = []
    while len(heard) <= 120 and "too_fast" not in heard:
        answer = await preview(nobody, f"a-code-that-is-guessed-{len(heard)}")
        heard.append(answer.json()["code"])
    assert 60 <= heard.count("invitation_not_valid") <= 120 and heard[-1] == "too_fast"
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert (await preview(nobody, made["code"])).json()["code"] == "too_fast", "a right one too"
    elsewhere = (await found(town.front.http)).front
    refused(await preview(elsewhere, made["code"]), "invitation_not_valid")


@covers("limit POST /api/invitations 50", "limit GET /api/invitations 100")
@covers("answer POST /api/invitations refuses too_fast")
async def test_a_day_has_fifty_and_a_list_a_hundred(town: Community) -> None:
    for name in ("ada", "adm"):
        client = await town.client(name)
        for _ in range(50):
            await client.posts(PATH, {})
        refused(await client.asks("POST", PATH, {}), "too_fast")
    newest = await (await town.client("mod")).posts(PATH, {})
    listed = (await client.gets(PATH))["invitations"]
    assert len(listed) == 100 and listed[0]["id"] == newest["id"]


@covers("answer POST /api/invitations refuses bad_fields", "limit NewInvitation.uses 1000")
@covers("limit NewInvitation.expires_in_days 90", "limit NewInvitation.room_ids 20")
@covers("limit NewInvitation.email 254")
async def test_the_fields_of_an_invitation_have_their_limits(town: Community) -> None:
    ada, quay = await town.client("ada"), town.rooms["quay"]
    most = {"uses": 1_000, "expires_in_days": 90, "room_ids": [quay] * 20}
    assert (await ada.posts(PATH, most))["rooms"] == [{"id": quay, "name": "quay"}]
    long = "k" * 60 + "@" + ".".join(["d" * 60] * 4) + ".example"
    wrong = [("uses", 0), ("uses", 1_001), ("expires_in_days", 0), ("expires_in_days", 91)]
    wrong += [("room_ids", [quay] * 21), ("email", long)]  # type: ignore[list-item]
    for name, value in wrong:
        problem = refused(await ada.asks("POST", PATH, {name: value}), "bad_fields")
        assert problem["fields"] == [name]
    assert (await ada.posts(PATH, {"email": long[-254:]}))["email"] == long[-254:]
    both = {"email": town.email("kari"), "uses": 2}
    assert refused(await ada.asks("POST", PATH, both), "bad_fields")["fields"] == []
