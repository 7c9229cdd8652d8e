"""Who comes in: the rule of a community, requests, and what is decided of them."""

from typing import Any

import pytest

from domain import joining
from domain.bans import Kept
from domain.joining import AGAIN_MS, Asked, Door
from records import bans, communities, join_requests, rooms
from records.audit_log import Act
from schema.refusals import Refused
from tests.unit.sqlite_db import SqliteDb
from tests.unit.test_invitations import place

ASKS = Door("by_request", ["Why?", "From where?"])
BOTH = ["To help.", "Bergen."]


def act(moment: int, action: str = "join_request_approved") -> Act:
    return Act(f"r{moment}-{action}", "aurora", moment, "aurora-ada", action)


@pytest.mark.parametrize(
    ("config", "rule"),
    [
        ({}, "open"),
        ({"join_rule": "open"}, "open"),
        ({"join_rule": "by_request"}, "by_request"),
        ({"join_rule": "invitation"}, "invitation"),
        ({"join_rule": "opne"}, "invitation"),
        ({"join_rule": None}, "invitation"),
    ],
)
def test_a_rule_that_nobody_knows_keeps_the_door_shut(config: dict[str, Any], rule: str) -> None:
    assert joining.door(config).rule == rule


def test_questions_are_read_from_what_is_there() -> None:
    found = joining.door({"join_rule": "by_request", "join_questions": ["Why?", 1, "", None]})
    assert found.questions == ["Why?"]
    assert joining.door({"join_questions": "Why?"}).questions == []


def test_answers_stand_beside_their_questions() -> None:
    pairs = joining.answered(ASKS, BOTH, None, 0)
    assert pairs[1] == {"question": "From where?", "answer": "Bergen."}
    for answers in ([], ["To help."], [*BOTH, "More."], ["To help.", ""]):
        with pytest.raises(Refused, match="bad_fields"):
            joining.answered(ASKS, answers, None, 0)


def test_who_was_declined_waits_a_week_to_ask_again() -> None:
    declined = Asked("declined", 100)
    with pytest.raises(Refused, match="too_fast") as no:
        joining.answered(ASKS, BOTH, declined, 200)
    assert no.value.retry_after_ms == AGAIN_MS - 100
    assert joining.answered(ASKS, BOTH, declined, 100 + AGAIN_MS)


def test_by_invitation_alone_nobody_asks() -> None:
    with pytest.raises(Refused, match="not_allowed"):
        joining.answered(Door("invitation", []), [], None, 0)


@pytest.mark.parametrize("rule", ["by_request", "invitation", "opne", "open"])
async def test_who_signs_in_comes_in_only_where_the_door_is_open(rule: str) -> None:
    db = await place()
    await db.run("UPDATE communities SET config = json_object('join_rule', ?)", rule)
    await db.run("UPDATE chat_rooms SET settings = '{\"default\": true}'")
    assert await communities.welcome(db, "aurora", "kari", 50) is (rule == "open")
    assert (await communities.role(db, "aurora", "kari") is not None) is (rule == "open")
    assert len(await rooms.joined_with(db, "aurora", "kari", 50)) == (2 if rule == "open" else 0)


async def test_the_first_of_all_is_the_owner_whatever_the_rule() -> None:
    db = await place()
    await db.run('UPDATE communities SET config = \'{"join_rule": "invitation"}\'')
    await db.run("DELETE FROM community_members")
    assert await communities.welcome(db, "aurora", "kari", 50)
    assert await communities.role(db, "aurora", "kari") == "owner"
    assert not await communities.welcome(db, "aurora", "olav", 51)


async def asks(db: SqliteDb, request_id: str, now: int) -> None:
    await join_requests.ask(db, request_id, "aurora", "kari", [], now)


async def test_who_is_approved_is_a_member_once() -> None:
    db = await place()
    await db.run("UPDATE chat_rooms SET settings = '{\"default\": true}' WHERE name = 'Commons'")
    await asks(db, "q1", 20)
    assert [row["email"] for row in await join_requests.waiting(db, "aurora")] == ["kari@x.example"]
    assert await join_requests.approve(db, "borealis", "q1", act(29)) is None
    assert await join_requests.approve(db, "aurora", "q1", act(30)) == "kari"
    assert await communities.role(db, "aurora", "kari") == "member"
    assert await rooms.joined_with(db, "aurora", "kari", 30) == ["aurora-commons"]
    assert await join_requests.waiting(db, "aurora") == []
    assert await join_requests.approve(db, "aurora", "q1", act(31)) is None
    told = await db.rows("SELECT at FROM audit_log WHERE action = 'join_request_approved'")
    assert told == [{"at": 30}]


async def test_who_is_declined_stays_outside_and_may_ask_anew() -> None:
    db = await place()
    await asks(db, "q1", 20)
    await asks(db, "q2", 21)
    assert [row["id"] for row in await join_requests.waiting(db, "aurora")] == ["q1"]
    assert not await join_requests.decline(db, "borealis", "q1", act(29, "join_request_declined"))
    assert await join_requests.decline(db, "aurora", "q1", act(30, "join_request_declined"))
    assert not await join_requests.decline(db, "aurora", "q1", act(31, "join_request_declined"))
    assert await join_requests.approve(db, "aurora", "q1", act(32)) is None
    assert await communities.role(db, "aurora", "kari") is None
    assert await join_requests.of_person(db, "aurora", "kari") == Asked("declined", 30)
    await asks(db, "q3", 40)
    assert await join_requests.of_person(db, "aurora", "kari") == Asked("waiting", None)
    assert await join_requests.approve(db, "aurora", "q3", act(50)) == "kari"


async def test_who_came_in_meanwhile_keeps_their_role() -> None:
    db = await place()
    await asks(db, "q1", 20)
    await db.run("INSERT INTO community_members VALUES ('aurora', 'kari', 'moderator', 25, NULL)")
    assert await join_requests.approve(db, "aurora", "q1", act(30)) == "kari"
    assert await communities.role(db, "aurora", "kari") == "moderator"


async def test_who_is_banned_is_not_let_in_until_the_ban_ends() -> None:
    db = await place()
    await asks(db, "q1", 20)
    await db.batch(bans.add("aurora", "kari", "ada", Kept("Spam.", 40), 25))
    assert await join_requests.approve(db, "aurora", "q1", act(30)) is None
    assert await join_requests.approve(db, "aurora", "q1", act(41)) == "kari"
