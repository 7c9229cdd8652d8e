"""Chapter "Who is hidden from you": what a block withholds, and that the log keeps its places."""

from tests.conformance.client import Client
from tests.conformance.founding import Community
from tests.conformance.room_socket import RoomSocket
from tests.conformance.test_presence import names
from tests.conformance.witness import covers

BLOCKS = "/api/me/blocks"


async def in_the_quay(town: Community) -> tuple[Client, Client, list[RoomSocket]]:
    """Ben and Cleo, members alike, and Ada, who sees both; the sockets are Ben's, Cleo's, Ada's."""
    ben, cleo = await town.client("ben"), await town.client("cleo")
    await cleo.posts(f"/api/rooms/{town.rooms['quay']}/join")
    clients = (ben, cleo, await town.client("ada"))
    return ben, cleo, [await client.opens(town.rooms["quay"]) for client in clients]


async def greeted_anew(socket: RoomSocket) -> list[int]:
    """Read what an open socket is told when who is hidden changed; the seqs that are withheld."""
    welcome = await socket.until("welcome")
    assert welcome["resumed"] is False
    far = await socket.next()
    assert (far["type"], far["after"]) == ("too_far_behind", far["head_seq"])
    page = await socket.next()
    assert (page["type"], page["ref"]) == ("history_loaded", None)
    seqs = [entry["seq"] for entry in page["events"]]
    assert seqs == list(range(seqs[0], welcome["head_seq"] + 1))
    return withheld(page["events"])


def withheld(events: list[dict[str, object]]) -> list[object]:
    return [event["seq"] for event in events if event["type"] == "message_withheld"]


@covers("event message_withheld")
async def test_a_block_withholds_what_each_writes_from_the_other(town: Community) -> None:
    ben, cleo, (his, hers, adas) = await in_the_quay(town)
    before = await hers.says("Before.")
    await his.until("message_posted", seq=before["seq"])
    assert (await ben.asks("PUT", f"{BLOCKS}/{cleo.id}")).status_code == 204
    assert await greeted_anew(his) == [before["seq"]]
    assert await greeted_anew(hers) == [], "he had written nothing"
    assert cleo.id not in names(his.welcome["present"])
    assert ben.id not in names(hers.welcome["present"])
    for author, other in ((hers, his), (his, hers)):
        posted = await author.says("Is this for you?")
        told = await other.until("message_withheld", seq=posted["seq"])
        assert told["at"] == posted["message"]["created_at"]
        assert await adas.until("message_posted", seq=posted["seq"]) == posted
    page = await his.history(limit=50)
    over = await ben.gets(f"/api/rooms/{town.rooms['quay']}/messages?limit=50")
    assert page["events"] == over["events"]
    assert withheld(page["events"]) == [before["seq"], posted["seq"] - 1]
    assert (await ben.asks("DELETE", f"{BLOCKS}/{cleo.id}")).status_code == 204
    assert await greeted_anew(his) == await greeted_anew(hers) == []
    assert cleo.id in names(his.welcome["present"])


async def test_who_comes_back_gets_every_place(town: Community) -> None:
    ben, cleo, (his, hers, adas) = await in_the_quay(town)
    await his.close()
    await ben.asks("PUT", f"{BLOCKS}/{cleo.id}")
    last = his.last_seq
    await hers.says("Missed.")
    await adas.says("And this.")
    again = await ben.opens(town.rooms["quay"], after=last)
    assert [event["type"] for event in again.page["events"]] == [
        "message_withheld",
        "message_posted",
    ]


async def test_who_moderates_reads_every_message(town: Community) -> None:
    _, cleo, (_, hers, adas) = await in_the_quay(town)
    ada = await town.client("ada")
    await ada.asks("PUT", f"{BLOCKS}/{cleo.id}")
    assert await greeted_anew(adas) == []
    posted = await hers.says("For the owner as well.")
    assert await adas.until("message_posted", seq=posted["seq"]) == posted
    assert cleo.id not in names(adas.welcome["present"])


async def test_of_a_profile_the_name_alone_is_left(town: Community) -> None:
    ben, cleo = await town.client("ben"), await town.client("cleo")
    await cleo.asks("PATCH", "/api/me/profile", {"bio": "Keeps bees."})
    assert (await ben.gets(f"/api/people/{cleo.id}"))["bio"] == "Keeps bees."
    await cleo.asks("PUT", f"{BLOCKS}/{ben.id}")
    found = await ben.gets(f"/api/people/{cleo.id}")
    assert {name: value for name, value in found.items() if value} == cleo.person
    assert (await cleo.gets("/api/me/profile"))["bio"] == "Keeps bees."


async def test_nobody_is_told_of_who_is_invisible(town: Community) -> None:
    ben, _, (his, hers, adas) = await in_the_quay(town)
    await ben.asks("PATCH", "/api/me/safety", {"invisible": True})
    await adas.until("presence_changed", left=[ben.person])
    await greeted_anew(his)
    assert ben.id in names(his.welcome["present"]), "one is there for oneself"
    await his.sends("set_typing", typing=True)
    again = await ben.opens(town.rooms["quay"])
    assert ben.id in names(again.welcome["present"])
    await hers.says("Who is here?", ref="who")
    heard = await adas.heard_until("message_posted", ref="who")
    assert {event["type"] for event in heard} == {"message_posted"}
    await ben.asks("PATCH", "/api/me/safety", {"invisible": False})
    await adas.until("presence_changed", arrived=[ben.person], left=[])
