"""Blocks, mutes, and who may write or invite."""

from typing import Any

import pytest

from access.permission import admission_of
from domain.safety import allows
from records import communities, safety, standings
from schema.safety import ChangeSafety, Safety, Wish
from tests.unit.sqlite_db import SqliteDb
from tests.unit.test_invitations import place


@pytest.mark.parametrize(
    ("wish", "shares", "may"),
    [
        ("everybody", False, True),
        ("people_of_my_rooms", True, True),
        ("people_of_my_rooms", False, False),
        ("nobody", True, False),
    ],
)
def test_a_wish_holds_and_a_block_comes_before_it(wish: Wish, shares: bool, may: bool) -> None:
    assert allows(wish, shares, False) is may
    assert not allows(wish, shares, True)


async def test_a_block_hides_both_from_each_other_and_is_told_to_one() -> None:
    db = await place()
    await safety.block(db, "kari", "olav", 1)
    await safety.block(db, "kari", "olav", 2)
    assert await hidden(db) == {"kari": ["olav"], "olav": ["kari"]}
    kari, olav = await safety.of_person(db, "kari"), await safety.of_person(db, "olav")
    assert ([one.id for one in kari.blocked], olav) == (["olav"], Safety())
    await safety.unblock(db, "olav", "kari")
    assert await hidden(db) == {"kari": ["olav"], "olav": ["kari"]}, "it is not theirs to lift"
    await safety.unblock(db, "kari", "olav")
    assert await hidden(db) == {"kari": [], "olav": []}


async def hidden(db: SqliteDb) -> dict[str, list[str]]:
    """Who is hidden from each of the two, as a room asks it."""
    rows: list[Any] = await standings.of_people(db, "aurora", "aurora-board", ["kari", "olav"])
    found = [admission_of(row, "aurora", None) for row in rows]
    return {one.person.id: one.hidden for one in found}


async def test_where_two_people_may_meet() -> None:
    db = await place()
    both = ["aurora-ada", "kari"]
    assert await safety.rooms_of_all(db, both) == [], "Kari is no member yet"
    await communities.welcome(db, "aurora", "kari", 1)
    met = await safety.rooms_of_all(db, both)
    assert ("aurora", "aurora-board") in met
    assert {community for community, _ in met} == {"aurora"}
    assert set(await safety.rooms_of_all(db, ["kari"])) == set(met)


async def test_who_is_invisible_is_so_until_they_say_otherwise() -> None:
    db = await place()
    for wanted in (True, None, False):
        await safety.change(db, "kari", ChangeSafety(may_invite="nobody", invisible=wanted))
        row = await standings.of_person(db, "aurora", "kari", None)
        assert row is not None
        admission = admission_of(row, "aurora", None)
        shown = (await safety.of_person(db, "kari")).invisible
        assert admission.invisible is shown is (wanted is not False)


async def test_what_is_left_out_of_a_change_stays() -> None:
    db = await place()
    assert await safety.of_person(db, "kari") == Safety()
    await safety.change(db, "kari", ChangeSafety(may_write="nobody", muted_rooms=["r"]))
    await safety.change(db, "kari", ChangeSafety(may_invite="nobody"))
    await safety.change(db, "kari", ChangeSafety(muted_rooms=[]))
    found = await safety.of_person(db, "kari")
    assert (found.may_write, found.may_invite, found.muted_rooms) == ("nobody", "nobody", [])
    assert await safety.of_person(db, "olav") == Safety()


async def invites(db: SqliteDb, inviter: str = "aurora-ada") -> bool:
    """By address and by id alike."""
    by_address = await safety.may_invite(db, "aurora", inviter, "KARI@x.example")
    assert await safety.may_bring_in(db, "aurora", inviter, "kari") is by_address
    return by_address


async def test_who_may_invite_somebody() -> None:
    db = await place()
    assert await safety.may_invite(db, "aurora", "aurora-ada", "nobody@x.example")
    assert await invites(db)
    await safety.change(db, "kari", ChangeSafety(may_invite="people_of_my_rooms"))
    assert not await invites(db)
    await db.run("INSERT INTO chat_members VALUES ('aurora-board', 'kari', 'member', 1)")
    assert await invites(db) and not await invites(db, "olav")
    await safety.block(db, "kari", "aurora-ada", 1)
    assert not await invites(db)
    await safety.change(db, "kari", ChangeSafety(may_invite="everybody"))
    assert not await invites(db)
