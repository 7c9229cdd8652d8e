"""What waits for a moderator, in D1."""

import json

import pytest

from access import permission
from domain.reviewing import check
from records import messages, reviews, rooms
from records.audit_log import Act
from schema.refusals import Refused
from tests.unit.sqlite_db import SqliteDb
from tests.unit.test_rooms_records import two_communities


def posted(number: int, room_id: str, *flags: str) -> dict[str, object]:
    metadata = {"seq": number, "flags": list(flags)} if flags else {"seq": number}
    return {
        "id": f"m{number}",
        "room_id": room_id,
        "user_id": "aurora-ada",
        "content": f"Boat {number}",
        "message_type": "text",
        "metadata": metadata,
        "created_at": number,
    }


def held(number: int, room_id: str) -> dict[str, object]:
    return {
        "message_id": f"m{number}",
        "room_id": room_id,
        "author_id": "aurora-finn",
        "content": "Held",
        "reasons": ["Why."],
        "at": number,
    }


async def harbour() -> SqliteDb:
    db = await two_communities()
    room = "aurora-commons"
    copies = [posted(1, room, "Boats."), posted(2, room), posted(3, "aurora-board", "Boats.")]
    await messages.copy(db, json.dumps(copies))
    await messages.copy(db, json.dumps(copies))
    await reviews.copy(db, "aurora", json.dumps([held(4, room), held(5, "aurora-board")]))
    await reviews.copy(db, "aurora", json.dumps([held(4, room)]))
    return db


async def ids(db: SqliteDb, community: str, reader: str, **how: object) -> list[str]:
    """What waits where somebody reviews."""
    rooms = await permission.rooms_where(db, community, reader, "review_messages")
    asked = {"room_ids": [row["room_id"] for row in rooms], "after": None, "limit": 9} | how
    rows = await reviews.waiting(db, community, **asked)  # type: ignore[arg-type]
    return [row["message_id"] for row in rows]


def act(name: str) -> Act:
    return Act(name, "aurora", 9, "aurora-ada", "review_seen")


async def test_what_waits_is_seen_in_rooms_that_one_reads_and_in_its_community_alone() -> None:
    db = await harbour()
    assert await ids(db, "aurora", "aurora-ada") == ["m1", "m3", "m4", "m5"]
    assert await ids(db, "aurora", "aurora-ada", room_ids=["aurora-board"]) == ["m3", "m5"]
    assert await ids(db, "aurora", "aurora-ada", after="m3", limit=1) == ["m4"]
    assert await ids(db, "aurora", "aurora-ada", room_ids=["borealis-commons"]) == []
    assert await ids(db, "borealis", "borealis-ada") == []
    assert await ids(db, "borealis", "aurora-ada") == []
    assert await reviews.of_message(db, "borealis", "m1") is None
    flagged, waits = [await reviews.of_message(db, "aurora", one) for one in ("m1", "m4")]
    assert flagged and waits
    assert (flagged["kind"], flagged["seq"], flagged["content"]) == ("flagged", 1, "Boat 1")
    assert json.loads(flagged["reasons"]) == ["Boats."]
    assert (waits["kind"], waits["seq"], waits["content"]) == ("held", None, "Held")


async def test_who_moderates_a_room_reviews_there_alone() -> None:
    db = await harbour()
    assert await ids(db, "aurora", "aurora-finn") == []
    for room, role in (("aurora-commons", "moderator"), ("aurora-board", "member")):
        await rooms.join(db, "aurora", room, "aurora-finn", role, 2)
    assert await ids(db, "aurora", "aurora-finn") == ["m1", "m4"]
    assert await reviews.counts(db, "aurora") == {"aurora-commons": 2, "aurora-board": 2}
    assert await reviews.counts(db, "borealis") == {}


async def test_a_decision_is_taken_and_kept_once() -> None:
    db = await harbour()
    assert not await reviews.decide(db, "borealis", "m1", "seen", act("a0"))
    assert await reviews.decide(db, "aurora", "m1", "seen", act("a1"))
    assert not await reviews.decide(db, "aurora", "m1", "seen", act("a2"))
    assert "m1" not in await ids(db, "aurora", "aurora-ada")
    assert [row["id"] for row in await db.rows("SELECT id FROM audit_log")] == ["a1"]


async def test_what_was_let_in_does_not_wait_again_when_it_is_copied() -> None:
    db = await harbour()
    assert await reviews.decide(db, "aurora", "m4", "let_in", act("a1"))
    await messages.copy(db, json.dumps([posted(4, "aurora-commons", "Boats.")]))
    assert "m4" not in await ids(db, "aurora", "aurora-ada")


async def test_what_its_author_took_back_waits_no_longer_unless_somebody_decided() -> None:
    db = await harbour()
    room = "aurora-commons"
    assert await reviews.decide(db, "aurora", "m5", "decline", act("a1"))
    numbers = ((4, room), (5, "aurora-board"), (6, room))
    back = json.dumps(
        [held(n, where) | {"state": "withdrawn", "content": ""} for n, where in numbers]
    )
    await reviews.copy(db, "borealis", json.dumps(json.loads(back)[:1]))
    assert "m4" in await ids(db, "aurora", "aurora-ada")
    await reviews.copy(db, "aurora", back)
    await reviews.copy(db, "aurora", json.dumps([held(6, room)]))
    assert await ids(db, "aurora", "aurora-ada") == ["m1", "m3"]
    kept = await db.rows("SELECT message_id, decision, content FROM reviews WHERE kind = 'held'")
    assert [(row["message_id"], row["decision"]) for row in kept] == [
        *(("m4", "withdrawn"), ("m5", "decline"), ("m6", "withdrawn")),
    ]
    assert kept[0]["content"] == "" and kept[1]["content"] == "Held"


def test_each_kind_has_its_decisions() -> None:
    for kind, decision in (("flagged", "seen"), ("held", "let_in"), ("held", "decline")):
        check(kind, decision)
    for kind, decision in (("flagged", "decline"), ("held", "seen")):
        with pytest.raises(Refused, match="bad_fields"):
            check(kind, decision)
