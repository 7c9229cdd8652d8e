"""A receiver notes what came over its own line, once read for the whole room."""

import asyncio
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from tests.load.bare import Bare
from tests.load.crowd import TEXT, Hall, Post, Receiver
from tests.load.ledger import UNKNOWN, Sent


@dataclass
class Frame:
    """As much of a frame as a receiver asks of it."""

    payload: bytes
    msg_type: Any = TEXT

    def get_payload_as_bytes(self) -> bytes:
        return self.payload


class Line:
    """A line that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.cut = False

    def send(self, _: Any, frame: bytes) -> None:
        self.sent.append(frame)

    def disconnect(self, graceful: bool) -> None:
        self.cut = True


class CountingBare(Bare):
    """A bare room that counts how often a frame is read."""

    reads = 0

    def decode(self, payload: bytes) -> Any:
        self.reads += 1
        return super().decode(payload)


def said(seq: int, ref: str) -> Any:
    return Frame(orjson.dumps({"seq": seq, "ref": ref}))


def first(head: int, *entries: tuple[int, str]) -> Any:
    page = [{"seq": seq, "ref": ref} for seq, ref in entries]
    return Frame(orjson.dumps({"head": head, "page": page}))


@pytest.fixture
def hall() -> Hall:
    return Hall(CountingBare(1, 1), 0, Post("m"))


async def seated(hall: Hall, number: int, greeting: Any) -> Receiver:
    """A receiver whose socket is open, with its first frame."""
    receiver, line = Receiver(hall, number, number), Line()
    receiver.greeted = asyncio.get_running_loop().create_future()
    receiver.on_ws_connected(line)  # type: ignore[arg-type]
    receiver.on_ws_frame(receiver.line, greeting)
    return receiver


async def test_the_same_bytes_are_read_once_for_everyone(hall: Hall) -> None:
    ada, ben = await seated(hall, 0, first(0)), await seated(hall, 1, first(0))
    hall.post.send(ada)
    hall.target.reads = 0  # type: ignore[attr-defined]
    for receiver in (ada, ben):
        receiver.on_ws_frame(receiver.line, said(1, "m-0"))
    assert hall.target.reads == 1  # type: ignore[attr-defined]
    assert [receiver.sight().messages for receiver in (ada, ben)] == [[0], [0]]
    assert (ada.heard, ben.heard) == (1, 1)


async def test_the_same_frame_twice_is_noted_twice(hall: Hall) -> None:
    ada = await seated(hall, 0, first(0))
    hall.post.send(ada)
    for _ in range(2):
        ada.on_ws_frame(ada.line, said(1, "m-0"))
    assert ada.sight().messages == [0, 0]


async def test_an_author_hears_of_their_own_alone(hall: Hall) -> None:
    ada, ben = await seated(hall, 0, first(0)), await seated(hall, 1, first(0))
    own: list[str] = []
    ada.on_own = lambda count: own.append(f"ada {count}")
    ben.on_own = lambda count: own.append(f"ben {count}")
    hall.post.send(ada)
    for receiver in (ada, ben):
        receiver.on_ws_frame(receiver.line, said(1, "m-0"))
    assert own == ["ada 1"]


async def test_a_message_of_nobody_is_unknown(hall: Hall) -> None:
    ada = await seated(hall, 0, first(0))
    ada.on_ws_frame(ada.line, said(1, "x-9"))
    assert ada.sight().messages == [UNKNOWN]
    assert ada.heard == 0


async def test_the_log_begins_where_the_first_page_does(hall: Hall) -> None:
    ada = await seated(hall, 0, first(41, (40, "x-1"), (41, "x-2")))
    assert (ada.base, ada.newest(), ada.seqs()) == (39, 41, [40, 41])
    ben = await seated(hall, 1, first(41))
    assert (ben.base, ben.newest(), ben.seqs()) == (41, 41, [])


async def test_a_page_is_no_live_delivery(hall: Hall) -> None:
    hall.post.numbers |= {"m-0": 0, "m-1": 1}
    hall.post.authors += [5, 5]
    hall.post.sent += [Sent(0, 0), Sent(0, 0)]
    ada = await seated(hall, 0, first(1, (1, "m-0")))
    ada.on_ws_frame(ada.line, said(2, "m-1"))
    assert len(ada.live_latencies()) == 1
    assert ada.sight().messages == [0, 1]


async def test_what_an_old_line_still_brings_is_not_heard(hall: Hall) -> None:
    ada = await seated(hall, 0, first(0))
    old = ada.line
    ada.cut()
    ada.on_ws_frame(old, said(1, "m-0"))
    ada.on_ws_connected(Line())  # type: ignore[arg-type]
    ada.on_ws_frame(old, said(1, "m-0"))
    assert old.cut  # type: ignore[attr-defined]
    assert ada.sight().messages == []


async def test_somebody_is_in_from_their_first_frame_to_the_cut(hall: Hall) -> None:
    ada = Receiver(hall, 0, 0)
    ada.greeted = asyncio.get_running_loop().create_future()
    ada.on_ws_connected(Line())  # type: ignore[arg-type]
    assert not ada.is_in()
    ada.on_ws_frame(ada.line, first(0))
    assert ada.is_in()
    ada.cut()
    assert not ada.is_in()


async def test_a_message_is_timed_before_it_leaves(hall: Hall) -> None:
    ada = await seated(hall, 7, first(0))
    assert hall.post.send(ada) == 0
    [frame] = ada.line.sent  # type: ignore[attr-defined]
    assert orjson.loads(frame)["ref"] == "m-0"
    assert (hall.post.numbers, hall.post.authors) == ({"m-0": 0}, [7])
