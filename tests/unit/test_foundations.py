"""A foundation says what can be, and touches nothing that is somebody else's."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from domain.permission_table import EVERYBODY
from records import foundations, rooms
from schema.foundation import CommunityRole, FirstPerson, FirstRoom, Foundation
from tests.unit.sqlite_db import SqliteDb


def foundation(name: str = "aurora", **changes: Any) -> Foundation:
    whole = {
        "community": {"id": name, "slug": name, "name": name.title()},
        "domains": [f"chat.{name}.localhost"],
        "people": [{"id": f"{name}-ada", "email": f"ada@{name}.example", "name": "Ada"}],
        "rooms": [{"id": f"{name}-hall", "name": "Hall", "members": [f"{name}-ada"]}],
    }
    return Foundation.model_validate({**whole, **changes})


def test_the_roles_are_those_of_the_rules() -> None:
    assert set(get_args(CommunityRole)) == EVERYBODY


@pytest.mark.parametrize("domain", ["localhost", "127.0.0.1", "chat.aurora.localhost", "a-b.no"])
def test_a_host_name_is_a_domain(domain: str) -> None:
    assert foundation(domains=[domain]).domains == [domain]


@pytest.mark.parametrize(
    "bad",
    [
        {"domains": []},
        {"domains": ["Chat.example"]},
        {"domains": ["a..b"]},
        {"domains": ["-a.no"]},
        {"domains": ["a.no:80"]},
        {"domains": ["a/b"]},
        {"people": [{"id": "a", "email": "a@b.no", "name": "A", "role": "emperor"}]},
        {"people": [{"id": "a", "email": "nowhere", "name": "A"}]},
        {"rooms": [{"id": "a", "name": "A", "settings": {"visibility": "hidden"}}]},
        {"rooms": [{"id": "a", "name": ""}]},
    ],
)
def test_what_cannot_be_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        foundation(**bad)


async def test_a_slug_and_an_address_belong_to_one() -> None:
    db = SqliteDb()
    await foundations.add(db, foundation(), 1)
    assert not await foundations.is_taken(db, foundation())
    other = foundation("borealis")
    assert not await foundations.is_taken(db, other)
    slug = other.community.model_copy(update={"slug": "aurora"})
    assert await foundations.is_taken(db, other.model_copy(update={"community": slug}))
    ada = FirstPerson(id="borealis-ada", email="ADA@aurora.example", name="Ada")
    assert await foundations.is_taken(db, other.model_copy(update={"people": [ada]}))


async def test_rooms_of_another_community_stay_as_they_are() -> None:
    db = SqliteDb()
    await foundations.add(db, foundation(), 1)
    before = [await db.rows(f"SELECT * FROM {table}") for table in ("chat_rooms", "chat_members")]
    theirs = FirstRoom(id="aurora-hall", name="Trojan", members=["borealis-ada"])
    await foundations.add(db, foundation("borealis", rooms=[theirs.model_dump()]), 2)
    after = [await db.rows(f"SELECT * FROM {table}") for table in ("chat_rooms", "chat_members")]
    assert after == before
    assert await rooms.by_id(db, "borealis", "aurora-hall") is None
    assert [row["room_id"] for row in await db.rows("SELECT * FROM room_names")] == ["aurora-hall"]


async def test_a_foundation_cleans_its_names_and_keeps_each_room_name_once() -> None:
    db = SqliteDb()
    hall = {"id": "one", "name": "Ha\u200bll", "description": "Big\u202e"}
    again = {"id": "two", "name": "ＨＡＬＬ", "members": ["aurora-ada"]}
    await foundations.add(db, foundation(rooms=[hall, again]), 1)
    found = await db.rows("SELECT id, name, description FROM chat_rooms")
    assert found == [{"id": "one", "name": "Hall", "description": "Big"}]
    assert await db.rows("SELECT * FROM chat_members") == []
