"""Roles, removals, bans and the owner in D1's tables: what a batch does, and what it never does."""

import pytest

from domain.bans import Kept, check_end, refuse_entry
from domain.sessions import begin
from records import bans, communities, foundations, members, rooms, sessions
from records.audit_log import Act, entry_of_change
from records.db import Statement
from schema.refusals import Refused
from tests.unit.sqlite_db import SqliteDb
from tests.unit.test_rooms_records import foundation, two_communities

HERE, ADA, FINN, GUEST = "aurora", "aurora-ada", "aurora-finn", "aurora-guest"


async def role(db: SqliteDb, person: str) -> str | None:
    return await communities.role(db, HERE, person)


async def done(db: SqliteDb, change: Statement) -> bool:
    """One change with its act; both or neither are there."""
    before = len(await db.rows("SELECT id FROM audit_log"))
    act = Act(f"act-{before}", HERE, 1, ADA, "test")
    changed = await db.batch(change, entry_of_change(act))
    after = len(await db.rows("SELECT id FROM audit_log"))
    assert after - before == (1 if changed[0] else 0)
    return changed[0] > 0


async def names(db: SqliteDb, **asked: object) -> list[str]:
    how = {"key": "", "role": None, "after": None, "limit": 10} | asked
    return [row["name"] for row in await members.page(db, HERE, **how)]  # type: ignore[arg-type]


async def test_members_come_by_name_page_after_page() -> None:
    db = await two_communities()
    assert await names(db) == ["Ada", "Finn", "G"]
    assert await names(db, limit=2) == ["Ada", "Finn"]
    assert await names(db, after=FINN) == ["G"]
    assert await names(db, key="in") == ["Finn"]
    assert await names(db, role="guest") == ["G"]
    assert await names(db, after="nobody") == []


async def test_a_role_is_changed_from_the_one_that_was_seen() -> None:
    db = await two_communities()
    assert await done(db, members.change_role(HERE, FINN, "member", "moderator"))
    assert not await done(db, members.change_role(HERE, FINN, "member", "admin"))
    assert not await done(db, members.change_role("borealis", FINN, "moderator", "admin"))
    assert await role(db, FINN) == "moderator"


async def test_an_owner_is_neither_changed_nor_removed_nor_banned() -> None:
    db = await two_communities()
    assert not await done(db, members.change_role(HERE, ADA, "owner", "admin"))
    assert not await done(db, members.end(HERE, ADA))
    assert not await done(db, bans.add(HERE, ADA, FINN, Kept("", None), 2))
    assert await role(db, ADA) == "owner"


async def test_ownership_goes_to_a_member_and_leaves_an_admin() -> None:
    db = await two_communities()
    assert await done(db, members.transfer(HERE, ADA, FINN))
    assert (await role(db, ADA), await role(db, FINN)) == ("admin", "owner")


@pytest.mark.parametrize(
    ("owner", "heir"), [(ADA, GUEST), (ADA, "borealis-finn"), (ADA, ADA), (FINN, ADA), (FINN, FINN)]
)
async def test_ownership_goes_no_other_way(owner: str, heir: str) -> None:
    db = await two_communities()
    assert not await done(db, members.transfer(HERE, owner, heir))
    assert (await role(db, ADA), await role(db, FINN)) == ("owner", "member")


async def owns(db: SqliteDb, person_id: str, number: int) -> None:
    for one in [f"other-{one}" for one in range(number)]:
        begun = "INSERT INTO communities (id, slug, name, created_at) VALUES (?1, ?1, ?1, 1)"
        await db.run(begun, one)
        sql = "INSERT INTO community_members (community_id, user_id, role, joined_at)"
        await db.run(f"{sql} VALUES (?, ?, 'owner', 1)", one, person_id)


@pytest.mark.parametrize(("owned", "goes"), [(9, True), (10, False)])
async def test_ownership_does_not_go_to_who_owns_as_many_as_one_may(owned: int, goes: bool) -> None:
    db = await two_communities()
    await owns(db, FINN, owned)
    assert await done(db, members.transfer(HERE, ADA, FINN)) is goes
    assert await role(db, FINN) == ("owner" if goes else "member")
    assert await role(db, ADA) == ("admin" if goes else "owner")


async def test_sessions_end_at_the_hosts_of_the_community_alone() -> None:
    db = await two_communities()
    for token, host in (("here", "chat.aurora.localhost"), ("there", "chat.borealis.localhost")):
        await sessions.add(db, begin(f"s-{token}", token, FINN, host, "", "", now=1))
    await db.batch(members.end_sessions(HERE, FINN))
    assert len(await db.rows("SELECT 1 FROM sessions")) == 2, "a member's do not end"
    await db.batch(members.end(HERE, FINN), members.end_sessions(HERE, FINN))
    assert await db.rows("SELECT token_hash FROM sessions") == [{"token_hash": "there"}]


async def test_who_is_banned_does_not_come_in_by_any_way_until_it_ends() -> None:
    db = await two_communities()
    await db.batch(bans.add(HERE, FINN, ADA, Kept("noise", 50), 2), members.end(HERE, FINN))
    assert not await communities.welcome(db, HERE, FINN, 49)
    assert await role(db, FINN) is None
    await foundations.add(db, foundation(HERE), 49)
    assert await role(db, FINN) is None
    assert await communities.welcome(db, "borealis", FINN, 49), "banned here, not there"
    assert await communities.welcome(db, HERE, FINN, 50)


async def test_a_ban_can_be_changed_and_lifted() -> None:
    db = await two_communities()
    for kept in (Kept("noise", 50), Kept("threats", None)):
        assert await done(db, bans.add(HERE, FINN, ADA, kept, 2))
        assert await bans.kept_out(db, HERE, FINN) == kept
    assert [row["person_name"] for row in await bans.all_of(db, HERE, 99)] == ["Finn"]
    assert await bans.all_of(db, "borealis", 99) == []
    assert not await done(db, bans.lift("borealis", FINN))
    assert await done(db, bans.lift(HERE, FINN))
    assert await bans.kept_out(db, HERE, FINN) is None


async def test_who_is_no_member_of_the_community_joins_none_of_its_rooms() -> None:
    db = await two_communities()
    await db.batch(members.end(HERE, FINN))
    assert not await rooms.join(db, HERE, "aurora-commons", FINN, "member", 3)
    assert sorted(await members.rooms_of(db, HERE, ADA)) == ["aurora-board", "aurora-commons"]
    assert await members.rooms_of(db, "borealis", ADA) == []


async def in_room(db: SqliteDb, room_id: str = "aurora-commons") -> dict[str, str]:
    rows = await rooms.members(db, HERE, room_id)
    return {row["id"]: row["role"] for row in rows}


async def test_a_room_keeps_an_admin_when_its_last_one_goes() -> None:
    db = await two_communities()
    await db.run("UPDATE chat_members SET role = 'admin' WHERE user_id = ?", ADA)
    await rooms.join(db, HERE, "aurora-commons", GUEST, "moderator", 2)
    await rooms.join(db, HERE, "aurora-commons", FINN, "member", 3)
    assert await rooms.end_membership(db, HERE, "aurora-commons", ADA, joined_at=1)
    assert await in_room(db) == {FINN: "admin", GUEST: "moderator"}, "guests do not inherit"
    assert await rooms.end_membership(db, HERE, "aurora-commons", FINN, joined_at=3)
    assert await in_room(db) == {GUEST: "moderator"}


async def test_a_private_room_goes_to_a_guest_where_nobody_else_is_left() -> None:
    db = await two_communities()
    await db.run("UPDATE chat_members SET role = 'admin' WHERE user_id = ?", ADA)
    await rooms.join(db, HERE, "aurora-board", GUEST, "moderator", 2)
    await rooms.join(db, HERE, "aurora-board", FINN, "member", 3)
    assert await rooms.end_membership(db, HERE, "aurora-board", ADA, joined_at=1)
    assert await in_room(db, "aurora-board") == {FINN: "admin", GUEST: "moderator"}
    assert await rooms.end_membership(db, HERE, "aurora-board", FINN, joined_at=3)
    assert await in_room(db, "aurora-board") == {GUEST: "admin"}


async def test_a_room_without_an_admin_gets_none_when_a_member_goes() -> None:
    db = await two_communities()
    await rooms.join(db, HERE, "aurora-commons", FINN, "member", 3)
    assert await rooms.end_membership(db, HERE, "aurora-commons", ADA, joined_at=1)
    assert await in_room(db) == {FINN: "member"}


def test_a_ban_says_until_when_and_why() -> None:
    refuse_entry(None, "Aurora", 10)
    refuse_entry(Kept("", 10), "Aurora", 10)
    with pytest.raises(Refused) as no:
        refuse_entry(Kept("Noise.", 1_795_342_500_000), "Aurora", 10)
    assert no.value.code == "banned"
    assert no.value.detail == (
        "You are banned from Aurora until 22 November 2026, 10:15 UTC. The reason given: Noise."
    )
    with pytest.raises(Refused, match="banned"):
        refuse_entry(Kept("", None), "Aurora", 10)


@pytest.mark.parametrize("until", [10, 0, -1, 10**15])
def test_a_ban_ends_at_a_moment_to_come(until: int) -> None:
    check_end(11, 10)
    check_end(None, 10)
    with pytest.raises(Refused, match="bad_fields"):
        check_end(until, 10)
