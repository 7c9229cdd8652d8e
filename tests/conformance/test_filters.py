"""What a community does not want to read: chapter "Where and who", and what a room says."""

import uuid
from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.room_socket import RoomSocket
from tests.conformance.witness import covers

HERE = "/api/community/filters"
NONE = {
    "rules": [],
    "links": "allow",
    "allowed_hosts": [],
    "slow_mode_s": 0,
    "new_member_hours": 0,
    "newcomers": {"hours": 0, "messages": 0, "create_rooms": True, "invite": True},
}
PEOPLE: dict[str, str | None] = {"owner": "owner", "admin": "admin", "moderator": "moderator"}
PEOPLE |= {"member": "member", "guest": "guest", "bot": "bot"}


def rule(*words: str, then: str = "refuse", reason: str = "") -> dict[str, Any]:
    return {"words": list(words), "then": then, "reason": reason}


async def puts(who: Client, **filters: Any) -> Any:
    answer = await who.asks("PUT", HERE, filters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def says(socket: RoomSocket, content: str, ref: str = "") -> dict[str, Any]:
    """What a post is answered with."""
    await socket.sends("send_message", ref=ref or str(uuid.uuid4()), content=content)
    while (event := await socket.next())["type"] not in ("message_posted", "refused"):
        pass
    return dict(event)


@covers("route GET /api/community/filters", "route PUT /api/community/filters")
@covers("answer GET /api/community/filters refuses not_allowed")
@covers("answer PUT /api/community/filters refuses not_allowed")
@covers("refusal filtered", "event refused")
async def test_an_open_room_follows_at_once(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    assert await ada.gets(HERE) == NONE
    for method, body in (("GET", None), ("PUT", NONE)):
        refused(await ben.asks(method, HERE, body), "not_allowed")
    socket = await ben.opens(town.rooms["quay"])
    assert (await says(socket, "The casino is open", "early"))["type"] == "message_posted"
    rules = [rule("casino", reason="No advertising here."), rule("boat*", then="flag")]
    assert (await puts(ada, rules=rules))["rules"] == rules
    no = await says(socket, "The CASINO again")
    assert (no["code"], no["detail"]) == ("filtered", "No advertising here.")
    again = await says(socket, "The casino is open", "early")
    assert again["type"] == "message_posted", "what is stored is not judged again"
    flagged = await says(socket, "Boats for rent")
    assert flagged["message"]["metadata"]["flags"], "it is stored, with why to look at it"
    await puts(ada)
    assert (await says(socket, "The casino once more"))["message"]["metadata"] == {}
    answer = await ben.asks("GET", f"/api/rooms/{town.rooms['quay']}/messages")
    texts = [one["message"]["content"] for one in answer.json()["events"] if "message" in one]
    assert texts == ["The casino is open", "Boats for rent", "The casino once more"]


async def test_links_to_others_are_refused(town: Community) -> None:
    ada = await town.client("ada")
    await puts(ada, links="refuse", allowed_hosts=["vegvisr.org"])
    socket = await ada.opens(town.rooms["quay"])
    assert (await says(socket, "https://docs.vegvisr.org/"))["type"] == "message_posted"
    assert (await says(socket, "https://evil.example/"))["code"] == "filtered"


@covers("refusal too_new", "answer POST /api/rooms refuses too_new")
@covers("answer POST /api/invitations refuses too_new")
async def test_somebody_new_begins_slowly(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    decision = {"role": "member", "verb": "invite_member", "allowed": True}
    assert (await ada.asks("PUT", "/api/permissions", decision)).is_success

    async def makes(who: Client) -> list[Any]:
        room = await who.asks("POST", "/api/rooms", {"name": str(uuid.uuid4())})
        return [room, await who.asks("POST", "/api/invitations", {})]

    assert [answer.status_code for answer in await makes(ben)] == [201, 201]
    closed = {"hours": 24, "messages": 2, "create_rooms": False, "invite": False}
    await puts(ada, newcomers=closed)
    for answer in await makes(ben):
        assert "UTC" in refused(answer, "too_new")["detail"]
    assert [answer.status_code for answer in await makes(ada)] == [201, 201]
    early = await ben.opens(quay)
    for n in range(2):
        assert (await says(early, f"{n}", f"new-{n}"))["type"] == "message_posted"
    no = await says(early, "One too many")
    assert no["code"] == "too_new" and 0 < no["retry_after_ms"] <= 600_000
    assert (await says(early, "0", "new-0"))["type"] == "message_posted", "it is stored"
    owner = await ada.opens(quay)
    for n in range(3):
        assert (await owner.says(f"{n}"))["seq"]
    await puts(ada, newcomers=closed | {"hours": 0})
    assert (await early.says("Now it goes"))["seq"]
    assert [answer.status_code for answer in await makes(ben)] == [201, 201]


@covers("verb pass_slow_mode")
async def test_slow_mode_holds_members_and_not_moderators(town: Community) -> None:
    people = {"ada": "owner", "ben": "member", "mod": "moderator"}
    rooms = [{"name": "quay", "members": list(people)}]
    place = await found(town.front.http, people, rooms)
    ada, quay = await place.client("ada"), place.rooms["quay"]
    await puts(ada, slow_mode_s=60)
    table = document.permissions()
    standing = {"ben": "member of the room", "ada": "admin of the community, in the room"}
    for name, situation in (*standing.items(), ("mod", "")):
        socket = await (await place.client(name)).opens(quay)
        assert (await says(socket, "One"))["type"] == "message_posted"
        second = await says(socket, "Two")
        passes = name == "mod" or table["pass_slow_mode", situation] == "yes"
        assert (second["type"] == "message_posted") == passes
        if not passes:
            assert second["code"] == "too_fast" and 0 < second["retry_after_ms"] <= 60_000


@pytest.mark.parametrize("role", PEOPLE)
@covers("verb edit_filters")
async def test_who_may_set_filters(square: Community, role: str) -> None:
    place = await found(square.front.http, PEOPLE)
    answer = await (await place.client(role)).asks("PUT", HERE, NONE)
    heard = "yes" if answer.is_success else answer.json()["code"]
    assert heard == document.permissions()["edit_filters", role]


@covers("number FILTERS_BYTES", "answer PUT /api/community/filters refuses bad_fields")
@covers("limit PUT /api/community/filters 4000", "limit Filters.rules 10")
@covers("limit Filters.allowed_hosts 50", "limit Filters.slow_mode_s 3600")
@covers("limit Filters.new_member_hours 720", "limit WordRule.words 100")
@covers("limit Newcomers.hours 720", "limit Newcomers.messages 100")
@covers("limit WordRule.words 60", "limit WordRule.reason 200")
async def test_what_filters_may_hold(town: Community) -> None:
    ada = await town.client("ada")
    for fits in (
        {"rules": [rule("ab")] * 10, "slow_mode_s": 3_600, "new_member_hours": 720},
        {"rules": [rule(*["ab"] * 100, reason="r" * 200)], "allowed_hosts": ["a.no"] * 50},
        {"rules": [rule("w" * 60)], "newcomers": {"hours": 720, "messages": 100}},
    ):
        await puts(ada, **fits)
    for wrong in (
        *({"rules": [rule("ab")] * 11}, {"slow_mode_s": 3_601}, {"new_member_hours": 721}),
        *({"rules": [rule(*["ab"] * 101)]}, {"rules": [rule("ab", reason="r" * 201)]}),
        *({"allowed_hosts": ["a.no"] * 51}, {"rules": [rule("w" * 61)]}, {"rules": [rule("a")]}),
        *({"newcomers": {"hours": 721}}, {"newcomers": {"messages": 101}}),
        *({"rules": [rule()]}, {"allowed_hosts": ["a b"]}, {"links": "maybe"}),
        {"rules": [rule(*["w" * 60] * 70)]},
    ):
        refused(await ada.asks("PUT", HERE, wrong), "bad_fields")
