"""Chapter "Reviews", of a single room: who moderates one reviews there, and nowhere else."""

from typing import Any

from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.test_filters import puts, rule, says
from tests.conformance.test_reviews import HERE, HOLDS, decides, waiting
from tests.conformance.witness import covers

PEOPLE: dict[str, str | None] = {"ada": "owner", "mod": "moderator", "ben": "member"}
PEOPLE |= {"cleo": "member", "pia": "guest"}
ROOMS: list[dict[str, Any]] = [
    {"name": "quay", "members": ["ada", "ben", "cleo", "pia"]},
    {"name": "pier", "members": ["ada", "ben", "cleo"]},
    {"name": "cabin", "settings": {"visibility": "private"}, "members": ["ada", "ben"]},
]
FLAGS = [rule("boat*", then="flag", reason="Advertising.")]


async def harbour(town: Community, *rules: dict[str, Any]) -> Community:
    """A community where Cleo and the guest Pia moderate the quay alone."""
    place = await found(town.front.http, PEOPLE, ROOMS)
    ada = await place.client("ada")
    await puts(ada, rules=list(rules))
    for name in ("cleo", "pia"):
        await makes(place, "quay", name, "moderator")
    return place


async def makes(place: Community, room: str, name: str, role: str) -> None:
    ada, inside = await place.client("ada"), f"/api/rooms/{place.rooms[room]}/members"
    answer = await ada.asks("PATCH", f"{inside}/{place.people[name]}", {"role": role})
    assert answer.is_success, answer.text


async def boats(place: Community, *rooms: str) -> list[str]:
    """Ben writes of a boat in each room; the ids of what the owner is to look at."""
    ben, ada = await place.client("ben"), await place.client("ada")
    for name in rooms:
        await says(await ben.opens(place.rooms[name]), f"A boat in the {name}", f"boat-{name}")
    found = {one["room"]: one["message_id"] for one in await waiting(ada, len(rooms))}
    return [found[name] for name in rooms]


async def reviewed(who: Client) -> list[tuple[str, int]]:
    """The rooms where somebody reviews, and how much waits in each."""
    rooms = (await who.gets("/api/reviewed-rooms"))["rooms"]
    return [(room["name"], room["waiting"]) for room in rooms]


@covers("route GET /api/reviewed-rooms")
@covers("answer GET /api/reviews refuses room_not_found")
async def test_who_moderates_a_room_reviews_in_it_and_in_no_other(town: Community) -> None:
    place = await harbour(town, *FLAGS)
    quay, pier, cabin = await boats(place, "quay", "pier", "cabin")
    for name in ("cleo", "pia"):
        who = await place.client(name)
        assert [one["message_id"] for one in await waiting(who, 1)] == [quay]
        assert await reviewed(who) == [("quay", 1)]
        assert len(await waiting(who, 1, room=place.rooms["quay"])) == 1
    cleo, pia, ben = [await place.client(name) for name in ("cleo", "pia", "ben")]
    refused(await cleo.asks("GET", HERE, params={"room": place.rooms["pier"]}), "not_allowed")
    for who in (cleo, pia):
        room = {"room": place.rooms["cabin"]}
        refused(await who.asks("GET", HERE, params=room), "room_not_found")
        refused(await decides(who, cabin, "seen"), "not_found")
    refused(await decides(cleo, pier, "seen"), "not_allowed")
    refused(await decides(pia, pier, "seen"), "not_found")
    assert await reviewed(ben) == []
    refused(await ben.asks("GET", HERE), "not_allowed")
    assert (await decides(cleo, quay, "seen")).status_code == 204
    assert await reviewed(pia) == [("quay", 0)]
    assert await waiting(await place.client("ada"), 2)


async def test_who_moderates_a_room_elsewhere_reviews_nothing_here(town: Community) -> None:
    place, other = await harbour(town, *HOLDS), await harbour(town, *HOLDS)
    [held] = await boats(place, "quay")
    stranger, cleo = await other.client("cleo"), await place.client("cleo")
    assert await reviewed(stranger) == [("quay", 0)]
    room = {"room": place.rooms["quay"]}
    refused(await stranger.asks("GET", HERE, params=room), "room_not_found")
    refused(await decides(stranger, held, "let_in"), "not_found")
    assert (await decides(cleo, held, "let_in")).status_code == 204
    pia = await place.client("pia")
    assert "A boat in the quay" in str(await pia.gets(f"/api/rooms/{place.rooms['quay']}/messages"))
    ada = await place.client("ada")
    [entry] = (await ada.gets("/api/audit-log", action="review_let_in"))["entries"]
    assert (entry["actor"], entry["room"]) == (cleo.person, "quay")


@covers("answer GET /api/reviews refuses join_first")
@covers("answer POST /api/reviews/{message_id} refuses join_first")
async def test_what_a_room_decides_of_reviewing_holds_there_alone(town: Community) -> None:
    place = await harbour(town, *FLAGS)
    quay, pier = await boats(place, "quay", "pier")
    ada, ben, cleo, mod = [await place.client(name) for name in ("ada", "ben", "cleo", "mod")]
    await allows(ada, place.rooms["pier"], "room_member", True)
    assert await reviewed(ben) == [("pier", 1)]
    await ben.posts(f"/api/rooms/{place.rooms['pier']}/leave")
    refused(await ben.asks("GET", HERE, params={"room": place.rooms["pier"]}), "join_first")
    refused(await decides(ben, pier, "seen"), "join_first")
    await allows(ada, place.rooms["quay"], "moderator", False)
    assert await reviewed(mod) == [("pier", 1)]
    refused(await decides(mod, quay, "seen"), "not_allowed")
    await makes(place, "quay", "cleo", "member")
    assert await reviewed(cleo) == [("pier", 1)]
    refused(await decides(cleo, quay, "seen"), "not_allowed")
    assert (await decides(cleo, pier, "seen")).status_code == 204


async def allows(ada: Client, room_id: str, role: str, allowed: bool) -> None:
    body = {"role": role, "verb": "review_messages", "allowed": allowed}
    answer = await ada.asks("PUT", f"/api/rooms/{room_id}/permissions", body)
    assert answer.is_success, answer.text
