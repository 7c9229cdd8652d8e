"""Chapter "History, both ways": over the socket and over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community
from tests.conformance.past import fill
from tests.conformance.room_socket import RoomSocket
from tests.conformance.witness import covers

Page = dict[str, Any]
Ask = Callable[..., Awaitable[Page]]
WAYS = ["socket", "http"]


class Reader:
    """Ada, who reads one room either way."""

    def __init__(self, ada: Client, room_id: str, line: RoomSocket, way: str):
        self.ada, self.room_id, self.line, self.way = ada, room_id, line, way

    async def page(self, **fields: Any) -> Page:
        if self.way == "socket":
            return await self.line.history(**fields)
        return dict(await self.ada.gets(f"/api/rooms/{self.room_id}/messages", **fields))

    async def refused(self, **fields: Any) -> None:
        if self.way == "socket":
            command = {"type": "load_history", "ref": "bad", **fields}
            refusal = await self.line.is_refused("bad_fields", command)
            assert refusal["ref"] == "bad"
            return
        path = f"/api/rooms/{self.room_id}/messages"
        problem = refused(await self.ada.asks("GET", path, params=fields), "bad_fields")
        assert set(problem["fields"]) == fields.keys()


@pytest.fixture(params=WAYS)
async def reader(request: pytest.FixtureRequest, town: Community) -> Reader:
    ada = await town.client("ada")
    line = await ada.opens(town.rooms["quay"])
    return Reader(ada, town.rooms["quay"], line, request.param)


def seqs(page: Page) -> list[int]:
    return [event["seq"] for event in page["events"]]


def more(page: Page) -> tuple[bool, bool]:
    return page["has_before"], page["has_after"]


@covers("command load_history", "route GET /api/rooms/{room_id}/messages")
async def test_both_ways_give_the_same_pages(town: Community) -> None:
    ada = await town.client("ada")
    await fill(ada, town, "quay", 12)
    line = await ada.opens(town.rooms["quay"])
    told, read = Reader(ada, line.room_id, line, "socket"), Reader(ada, line.room_id, line, "http")
    for fields in ({"before": 9, "limit": 4}, {"after": 3, "limit": 4}, {"limit": 4}):
        one, two = await told.page(**fields), await read.page(**fields)
        assert one["events"] == two["events"] and more(one) == more(two)
        assert two["head_seq"] == 12


async def test_a_page_stands_where_it_is_asked_for(reader: Reader, town: Community) -> None:
    await fill(reader.ada, town, "quay", 12)
    before = await reader.page(before=9, limit=4)
    assert seqs(before) == [5, 6, 7, 8] and more(before) == (True, True)
    after = await reader.page(after=3, limit=4)
    assert seqs(after) == [4, 5, 6, 7] and more(after) == (True, True)
    latest = await reader.page(limit=4)
    assert seqs(latest) == [9, 10, 11, 12] and more(latest) == (True, False)
    both = await reader.page(before=9, after=1, limit=4)
    assert seqs(both) == [2, 3, 4, 5]
    all_of_it = await reader.page()
    assert seqs(all_of_it) == list(range(1, 13)) and more(all_of_it) == (False, False)


async def test_beyond_the_ends_pages_are_empty(reader: Reader, town: Community) -> None:
    await fill(reader.ada, town, "quay", 3)
    first, last = await reader.page(before=1), await reader.page(after=3)
    assert seqs(first) == seqs(last) == []
    assert first["has_before"] is False and last["has_after"] is False
    assert seqs(await reader.page(before=900)) == seqs(await reader.page(after=0)) == [1, 2, 3]


async def test_a_room_is_read_to_its_beginning_and_to_its_end(
    reader: Reader, town: Community
) -> None:
    await fill(reader.ada, town, "quay", 23)
    back = await reader.page(limit=5)
    read = seqs(back)
    while back["has_before"]:
        back = await reader.page(before=read[0], limit=5)
        read = seqs(back) + read
    assert read == list(range(1, 24))
    forth = await reader.page(after=0, limit=5)
    read = seqs(forth)
    while forth["has_after"]:
        forth = await reader.page(after=read[-1], limit=5)
        read += seqs(forth)
    assert read == list(range(1, 24))


@covers("number PAGE_MAX", "limit LoadHistory.limit 200")
@covers("limit GET /api/rooms/{room_id}/messages 200")
async def test_a_page_has_at_most_200_entries(reader: Reader, town: Community) -> None:
    most = document.number("PAGE_MAX")
    await fill(reader.ada, town, "quay", most + 1)
    assert len(seqs(await reader.page(limit=most))) == most
    assert len(seqs(await reader.page())) == document.number("PAGE")
    assert len(seqs(await reader.page(limit=1))) == 1
    for limit in (most + 1, 0, -1):
        await reader.refused(limit=limit)


@covers("number LARGEST_SEQ")
async def test_seqs_have_a_smallest_and_a_largest(reader: Reader, town: Community) -> None:
    await fill(reader.ada, town, "quay", 1)
    largest = document.number("LARGEST_SEQ")
    assert seqs(await reader.page(before=largest)) == [1]
    assert seqs(await reader.page(after=largest)) == []
    await reader.refused(before=largest + 1)
    await reader.refused(after=largest + 1)
    await reader.refused(before=0)
    await reader.refused(after=-1)


@covers("limit History, both ways 1000000")
async def test_a_page_of_long_messages_holds_fewer(reader: Reader, town: Community) -> None:
    count, length = 150, document.number("CONTENT_LENGTH")
    await fill(reader.ada, town, "quay", count, "x" * length)
    page = await reader.page(limit=200)
    shown = len(page["events"])
    assert shown < count and more(page) == (True, False)
    assert 900_000 < sum(len(each["message"]["content"]) for each in page["events"]) <= 1_048_576
    assert seqs(page) == list(range(count - shown + 1, count + 1))
    first = await reader.page(after=0, limit=200)
    assert seqs(first) == list(range(1, len(first["events"]) + 1)) and more(first) == (False, True)


async def test_a_page_is_given_to_nobody_else(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    line, other = await ada.opens(town.rooms["quay"]), await ben.opens(town.rooms["quay"])
    await line.history()
    await line.says("End.", ref="end")
    heard = await other.heard_until("message_posted", ref="end")
    assert "history_loaded" not in [event["type"] for event in heard]
