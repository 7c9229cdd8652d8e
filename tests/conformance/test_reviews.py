"""Chapter "Reviews": what was flagged is listed, what is held waits for a moderator."""

import asyncio
import uuid
from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.room_socket import RoomSocket
from tests.conformance.test_filters import puts, rule, says
from tests.conformance.witness import covers

HERE = "/api/reviews"
PATIENCE_S = 10.0
PEOPLE: dict[str, str | None] = {"ada": "owner", "mod": "moderator", "ben": "member"}
PEOPLE |= {"cleo": "member", "gus": "guest", "bot": "bot"}
ROOMS: list[dict[str, Any]] = [
    {"name": "quay", "members": ["ada", "ben", "cleo", "mod"]},
    {"name": "cabin", "settings": {"visibility": "private"}, "members": ["ada", "ben"]},
]
HOLDS = [rule("boat*", then="hold", reason="Advertising is looked at first.")]
FLAGS = [rule("boat*", then="flag", reason="Advertising.")]


async def harbour(town: Community, *rules: dict[str, Any]) -> Community:
    """A community with a moderator, where these rules hold."""
    place = await found(town.front.http, PEOPLE, ROOMS)
    await puts(await place.client("ada"), rules=list(rules))
    return place


async def waiting(who: Client, count: int, **query: Any) -> list[dict[str, Any]]:
    """What waits, as soon as so many do."""
    end = asyncio.get_running_loop().time() + PATIENCE_S
    while len(reviews := (await who.gets(HERE, **query))["reviews"]) != count:
        assert asyncio.get_running_loop().time() < end, f"{len(reviews)} wait, not {count}"
    return list(reviews)


async def decides(who: Client, message_id: str, decision: str, said: str = "") -> Any:
    body = {"decision": decision, "said": said}
    return await who.asks("POST", f"{HERE}/{message_id}", body)


async def holds(socket: RoomSocket, ref: str, content: str = "Boats for rent") -> None:
    """Send what the filters hold."""
    assert (await says(socket, content, ref))["code"] == "held"


@covers("route GET /api/reviews", "route POST /api/reviews/{message_id}")
@covers("answer GET /api/reviews refuses not_allowed", "limit GET /api/reviews 200")
@covers("answer POST /api/reviews/{message_id} refuses not_allowed")
@covers("answer POST /api/reviews/{message_id} refuses not_found")
@covers("answer POST /api/reviews/{message_id} refuses bad_fields")
async def test_what_was_flagged_is_listed_until_somebody_has_looked(town: Community) -> None:
    place = await harbour(town, *FLAGS)
    mod, ben = await place.client("mod"), await place.client("ben")
    socket = await ben.opens(place.rooms["quay"])
    posted = [await says(socket, f"Boat {n}") for n in range(3)]
    listed = await waiting(mod, 3)
    assert [one["seq"] for one in listed] == [event["seq"] for event in posted]
    first = listed[0]
    assert (first["kind"], first["content"], first["reasons"]) == (
        *("flagged", "Boat 0"),
        ["Advertising."],
    )
    assert (first["author"], first["room"]) == (ben.person, "quay")
    page = await mod.gets(HERE, limit=2)
    rest = await mod.gets(HERE, cursor=page["next"])
    assert page["reviews"] + rest["reviews"] == listed and rest["next"] is None
    refused(await mod.asks("GET", HERE, params={"limit": 201}), "bad_fields")
    refused(await ben.asks("GET", HERE), "not_allowed")
    refused(await decides(ben, first["message_id"], "seen"), "not_allowed")
    refused(await decides(mod, first["message_id"], "let_in"), "bad_fields")
    assert (await decides(mod, first["message_id"], "seen")).status_code == 204
    refused(await decides(mod, first["message_id"], "seen"), "not_found")
    assert await waiting(mod, 2) == listed[1:]
    ada = await place.client("ada")
    [entry] = (await ada.gets("/api/audit-log", action="review_seen"))["entries"]
    assert (entry["actor"], entry["target_id"], entry["room"]) == (mod.person, ben.id, "quay")


async def test_nothing_leaves_its_community_or_a_room_that_one_may_not_read(
    town: Community,
) -> None:
    place, other = await harbour(town, *FLAGS), await harbour(town, *FLAGS)
    ben = await place.client("ben")
    for name in ("quay", "cabin"):
        await says(await ben.opens(place.rooms[name]), f"A boat in the {name}")
    mod, ada = await place.client("mod"), await place.client("ada")
    both = await waiting(ada, 2)
    assert [one["room"] for one in await waiting(ada, 1, room=place.rooms["cabin"])] == ["cabin"]
    assert [one["room"] for one in await waiting(mod, 1)] == ["quay"]
    refused(await decides(mod, both[1]["message_id"], "seen"), "not_found")
    stranger = await other.client("mod")
    assert (await stranger.gets(HERE))["reviews"] == []
    refused(await decides(stranger, both[0]["message_id"], "seen"), "not_found")
    refused(await decides(stranger, str(uuid.uuid4()), "seen"), "not_found")
    assert (await decides(ada, both[1]["message_id"], "seen")).status_code == 204


@covers("refusal held", "event message_posted")
async def test_what_is_held_is_nobodys_until_it_is_let_in(town: Community) -> None:
    place = await harbour(town, *HOLDS)
    ben, cleo, mod = [await place.client(name) for name in ("ben", "cleo", "mod")]
    quay = place.rooms["quay"]
    writer, reader = await ben.opens(quay), await cleo.opens(quay)
    await holds(writer, "boat")
    await holds(writer, "boat")
    [held] = await waiting(mod, 1)
    assert (held["kind"], held["seq"], held["content"]) == ("held", None, "Boats for rent")
    said = await reader.says("Fog tonight.")
    assert not [event for event in await reader.pings() if event["type"] != "presence_changed"]
    answer = await cleo.gets(f"/api/rooms/{quay}/messages")
    assert "Boats" not in str(answer)
    assert (await decides(mod, held["message_id"], "let_in")).status_code == 204
    heard = await reader.until("message_posted", ref="boat")
    assert heard["seq"] == said["seq"] + 1 and heard["message"]["author"] == ben.person
    assert heard["message"]["content"] == "Boats for rent" and heard["message"]["metadata"] == {}
    assert (await writer.until("message_posted", ref="boat")) == heard
    refused(await decides(mod, held["message_id"], "decline"), "not_found")
    assert (await says(writer, "Boats for rent", "boat"))["seq"] == heard["seq"]
    assert await waiting(mod, 0) == []


async def test_what_was_held_stays_so_whatever_the_filters_say_by_now(town: Community) -> None:
    place = await harbour(town, *HOLDS)
    ada, ben, mod = [await place.client(name) for name in ("ada", "ben", "mod")]
    writer = await ben.opens(place.rooms["quay"])
    for ref in ("waits", "declined"):
        await holds(writer, ref)
    waits, declined = await waiting(mod, 2)
    assert (await decides(mod, declined["message_id"], "decline")).status_code == 204
    assert (await writer.until("refused", ref="declined"))["code"] == "declined"
    await puts(ada)
    for ref, code in (("waits", "held"), ("declined", "declined")):
        assert (await says(writer, "Boats for rent", ref))["code"] == code
    assert (await says(writer, "Boats for rent"))["type"] == "message_posted"
    assert (await decides(mod, waits["message_id"], "let_in")).status_code == 204
    assert (await writer.until("message_posted", ref="waits"))["message"]["author"] == ben.person


@covers("refusal declined", "limit Decide.said 200")
async def test_the_author_learns_why_it_was_declined(town: Community) -> None:
    place = await harbour(town, *HOLDS)
    ben, cleo, mod = [await place.client(name) for name in ("ben", "cleo", "mod")]
    writer, reader = [await who.opens(place.rooms["quay"]) for who in (ben, cleo)]
    await holds(writer, "boat")
    [held] = await waiting(mod, 1)
    refused(await decides(mod, held["message_id"], "decline", "s" * 201), "bad_fields")
    assert (await decides(mod, held["message_id"], "decline", "Not here.")).status_code == 204
    no = await writer.until("refused", ref="boat")
    assert no["code"] == "declined" and no["detail"].endswith("Not here.")
    assert [event for event in await reader.pings() if event["type"] == "refused"] == []
    again = await ben.opens(place.rooms["quay"])
    assert (await says(again, "Boats for rent", "boat"))["code"] == "declined"
    ada = await place.client("ada")
    assert (await ada.gets("/api/audit-log", action="review_decline"))["entries"]


async def test_who_may_not_write_any_more_is_not_let_in(town: Community) -> None:
    place = await harbour(town, *HOLDS)
    ben, mod, ada = [await place.client(name) for name in ("ben", "mod", "ada")]
    await holds(await ben.opens(place.rooms["quay"]), "boat")
    [held] = await waiting(mod, 1)
    await ada.posts(f"/api/members/{ben.id}/ban", {"reason": "Boats."})
    refused(await decides(mod, held["message_id"], "let_in"), "not_allowed")
    assert (await decides(mod, held["message_id"], "decline")).status_code == 204


@covers("number HELD_EACH", "refusal filtered")
async def test_so_many_of_one_person_wait_at_most(town: Community) -> None:
    place = await harbour(town, *HOLDS)
    most = document.number("HELD_EACH")
    ben = await place.client("ben")
    writer = await ben.opens(place.rooms["quay"])
    for n in range(most):
        await holds(writer, f"boat-{n}")
    assert (await says(writer, "Boats for rent"))["code"] == "filtered"
    assert (await says(writer, "No advertising."))["type"] == "message_posted"
    other = await (await place.client("cleo")).opens(place.rooms["quay"])
    await holds(other, "boat")
    mod = await place.client("mod")
    listed = await waiting(mod, most + 1)
    assert (await decides(mod, listed[0]["message_id"], "let_in")).status_code == 204
    await writer.until("message_posted", ref="boat-0")
    await holds(writer, "one-more")


@pytest.mark.parametrize("role", ["owner", "admin", "moderator", "member", "guest", "bot"])
async def test_who_reviews_in_a_public_room_without_being_in_it(
    square: Community, role: str
) -> None:
    place = await found(square.front.http, {"ada": "owner", "one": role}, [{"name": "quay"}])
    who = await place.client("ada" if role == "owner" else "one")
    answer = await who.asks("GET", HERE)
    reviews = role in ("owner", "admin", "moderator")
    assert ("yes" if answer.is_success else answer.json()["code"]) == (
        "yes" if reviews else "not_allowed"
    )
