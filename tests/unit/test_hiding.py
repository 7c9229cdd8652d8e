"""Who is hidden from whom in a room, and what is told instead."""

import json
import sqlite3
import time
from dataclasses import replace
from typing import Any

import pytest

from domain import hiding
from domain.hiding import Curtain, Views, curtain, hidden
from durable_objects import room_log
from durable_objects.room_hiding import RoomHiding, seen
from schema import tell, wire
from schema.rpc import Admission

ADA, BEN, FINN = (wire.Person(id=name, name=name.title()) for name in ("ada", "ben", "finn"))


def said(author: wire.Person, content: str = "Hi", seq: int = 1) -> str:
    message = wire.Message(
        id=f"m{seq}",
        room_id="r",
        author=author,
        content=content,
        message_type="text",
        metadata={},
        created_at=9,
    )
    return tell.event(wire.MessagePosted(seq=seq, ref="x", message=message))


def typing(person: wire.Person) -> str:
    return tell.event(wire.TypingChanged(person=person, typing=True, until=9))


def moved(arrived: list[wire.Person], left: list[wire.Person]) -> str:
    return tell.event(wire.PresenceChanged(arrived=arrived, left=left))


def joined(person: wire.Person) -> str:
    return tell.event(wire.MemberJoined(seq=1, at=9, person=person))


def finns(**how: Any) -> Curtain:
    made = curtain(["finn"], **how)
    assert made is not None
    return made


WITHHELD = tell.event(wire.MessageWithheld(seq=1, at=9))


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (said(BEN), said(BEN)),
        (said(FINN), WITHHELD),
        (said(BEN, 'He wrote "finn" and {"id":"finn"}.'), None),
        (typing(BEN), typing(BEN)),
        (moved([BEN, FINN], [FINN]), moved([BEN], [])),
        (joined(FINN), joined(FINN)),
    ],
)
def test_what_is_told_through_a_curtain(event: str, told: str | None) -> None:
    assert finns().event(event) == (told or event)


@pytest.mark.parametrize("event", [typing(FINN), moved([FINN], []), moved([], [FINN])])
def test_what_is_of_the_hidden_alone_is_not_told(event: str) -> None:
    assert finns().event(event) is None


def test_who_moderates_reads_the_messages_and_sees_no_more() -> None:
    reads = finns(withholds=False)
    assert reads.event(said(FINN)) == said(FINN)
    assert reads.log(said(FINN)) == said(FINN)
    assert reads.event(typing(FINN)) is None


def test_a_page_keeps_every_place_and_the_text_of_the_others() -> None:
    entries = [said(BEN, '"}, {"', 1), said(FINN, "no", 2), joined(FINN), said(BEN, "ja", 4)]
    told = json.loads(f"[{finns().log(','.join(entries))}]")
    assert [one["seq"] for one in told] == [1, 2, 1, 4]
    assert told[1] == {"type": "message_withheld", "seq": 2, "at": 9}
    assert told[0] == json.loads(entries[0]) and told[2:] == [json.loads(e) for e in entries[2:]]
    assert finns().log("") == ""


def test_a_frame_is_made_once_for_all_who_may_not_see_the_same_of_it() -> None:
    events = [said(BEN), said(FINN)]
    views = Views(tell.frame(events), events)
    one, other = views.behind(finns()), views.behind(curtain(["finn", "dov"]) or finns())
    assert one == tell.frame([said(BEN), WITHHELD]) and other is one
    assert views.behind(finns(withholds=False)) == tell.frame(events)
    assert views.behind(curtain(["dov"]) or finns()) == tell.frame(events)
    assert Views(tell.frame([typing(FINN)]), [typing(FINN)]).behind(finns()) is None


def test_a_page_of_quotes_is_read_as_fast_as_any() -> None:
    """Each quote was held to each of five hundred ids: seconds for one page."""
    many = curtain(f"{number % 16:x}-{number}" for number in range(hiding.HIDDEN_MOST))
    assert many is not None
    page = ",".join(said(ADA, '"' * 8_000, seq) for seq in range(1, 60))
    began = time.process_time()
    assert many.log(page) == page
    assert time.process_time() - began < 0.2


def test_nobody_hidden_is_no_curtain() -> None:
    assert curtain([]) is None


def test_both_ways_each_once_and_ones_own_first() -> None:
    assert hidden(["b", "c"], ["c", "d"]) == ["b", "c", "d"]
    many = [f"p{number}" for number in range(hiding.HIDDEN_MOST)]
    assert hidden(["own"], many) == ["own", *many[:-1]]


def test_who_blocks_many_does_not_come_to_read_those_who_blocked_them() -> None:
    many = [f"p{number}" for number in range(2 * hiding.HIDDEN_MOST)]
    for both in (hidden(many, ["ada"]), hidden(["ada"], many)):
        assert "ada" in both and len(both) == len(set(both)) == hiding.HIDDEN_MOST


ADMITTED = Admission(
    person=ADA, community_role="member", room_role="member", may=["read_room"], room=None
)


@pytest.mark.parametrize(
    ("change", "others"),
    [
        ({"room_role": "admin"}, False),
        ({"hidden": ["finn"]}, True),
        ({"invisible": True}, True),
        ({"may": ["read_room", "remove_message"]}, False),
    ],
)
def test_who_is_to_be_greeted_anew(change: dict[str, Any], others: bool) -> None:
    assert hiding.sees_others(ADMITTED, ADMITTED.model_copy(update=change)) is others


def test_who_becomes_a_moderator_reads_what_was_withheld() -> None:
    before = ADMITTED.model_copy(update={"hidden": ["finn"]})
    after = before.model_copy(update={"may": ["read_room", "remove_message"]})
    assert (hiding.unread(before), hiding.unread(after)) == (["finn"], [])
    assert hiding.sees_others(before, after)


class Kept(room_log.Sql):
    """A room's SQLite that counts its writes."""

    def __init__(self) -> None:
        self.base = sqlite3.connect(":memory:")
        self.base.executescript(room_log.TABLES)
        self.writes = 0

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        found = self.base.execute(sql, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

    def run(self, sql: str, *values: Any) -> int:
        self.writes += 1
        return self.base.execute(sql, values).rowcount


def test_a_room_that_slept_knows_who_is_hidden_and_writes_it_once() -> None:
    sql = Kept()
    hiding = RoomHiding(sql)
    hiding.keep("ada", [])
    assert sql.writes == 0, "nearly everybody costs nothing"
    for _ in range(2):
        hiding.keep("ada", ["finn"])
    assert sql.writes == 1
    assert RoomHiding(sql).of("ada") == ["finn"] and RoomHiding(sql).of("finn") == []
    hiding.keep("ada", [])
    assert RoomHiding(sql).of("ada") == []


def test_a_page_is_seen_through_the_curtain_alone() -> None:
    page = room_log.Page(said(FINN), has_before=True, has_after=False)
    assert seen(page, None) is page
    assert seen(page, finns()) == replace(page, events=WITHHELD)
