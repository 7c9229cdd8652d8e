"""Chapter "Presence": who has the room open, each once, whatever the number of their sockets."""

import time

from tests.conformance.client import together
from tests.conformance.founding import Community
from tests.conformance.room_socket import RoomSocket
from tests.conformance.witness import covers

SOON_S = 0.6  # "about a tenth of a second", on a machine that does other things too


def names(people: list[dict[str, str]]) -> set[str]:
    return {person["id"] for person in people}


async def hears(socket: RoomSocket, field: str, person: dict[str, str]) -> float:
    """Wait until presence names this person there; the seconds that it took."""
    start = time.monotonic()
    while True:
        event = await socket.until("presence_changed")
        assert event["arrived"] or event["left"], "a presence_changed about nobody"
        if person in event[field]:
            return time.monotonic() - start


@covers("event presence_changed")
async def test_people_come_and_go(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    line = await ada.opens(town.rooms["quay"])
    other = await ben.opens(town.rooms["quay"])
    assert names(other.welcome["present"]) == {ada.id, ben.id}
    assert await hears(line, "arrived", ben.person) < SOON_S
    await other.close()
    assert await hears(line, "left", ben.person) < SOON_S
    again = await ada.opens(town.rooms["quay"])
    assert again.welcome["present"] == [ada.person]


async def test_somebody_with_three_sockets_is_there_once(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    line = await ada.opens(town.rooms["quay"])
    three = await together(ben, ben, ben, room_id=town.rooms["quay"])
    assert sorted(names(three[2].welcome["present"])) == sorted([ada.id, ben.id])
    assert len(three[2].welcome["present"]) == 2
    await hears(line, "arrived", ben.person)
    await three[0].close()
    await three[1].close()
    await three[2].says("Still here.", ref="still")
    early = await line.heard_until("message_posted", ref="still")
    assert not [each for each in early if each.get("left")]
    await three[2].close()
    await hears(line, "left", ben.person)


async def test_a_visitor_is_present_too(town: Community) -> None:
    ada, cleo = await town.client("ada"), await town.client("cleo")
    line = await ada.opens(town.rooms["quay"])
    await cleo.opens(town.rooms["quay"])
    await hears(line, "arrived", cleo.person)


async def test_a_line_that_breaks_leaves_as_well(town: Community) -> None:
    """Closing needs no farewell."""
    ada, ben = await town.client("ada"), await town.client("ben")
    line = await ada.opens(town.rooms["quay"])
    other = await ben.opens(town.rooms["quay"])
    await hears(line, "arrived", ben.person)
    other.line.transport.abort()
    await hears(line, "left", ben.person)


async def test_several_people_come_in_one_event(town: Community) -> None:
    """What was heard, added and taken away in order, is who is there."""
    people = [await town.client(name) for name in ("ada", "ben", "cleo")]
    lines = await together(*people, room_id=town.rooms["quay"])
    present = names(lines[0].welcome["present"])
    while len(present) < 3:
        event = await lines[0].until("presence_changed")
        present = (present | names(event["arrived"])) - names(event["left"])
    assert present == {person.id for person in people}
