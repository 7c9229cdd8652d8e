"""Blocks, mutes, and who may write or invite."""

import pytest

from domain.safety import allows
from records import safety
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
    kari, olav = await safety.of_person(db, "kari"), await safety.of_person(db, "olav")
    assert [one.id for one in kari.blocked] == ["olav"] == kari.hidden
    assert (olav.blocked, olav.hidden) == ([], ["kari"])
    await safety.unblock(db, "olav", "kari")
    assert (await safety.of_person(db, "olav")).hidden == ["kari"], "it is not theirs to lift"
    await safety.unblock(db, "kari", "olav")
    assert (await safety.of_person(db, "olav")).hidden == []


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
    return await safety.may_invite(db, "aurora", inviter, "KARI@x.example")


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
