"""Invitations: the rules, and that nobody comes in by one that is not worth it any more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import invitations as rules
from domain.invitations import DAY_MS, MADE_A_DAY, Invitation
from domain.permissions import Standing
from domain.roles import RANK
from records import communities, foundations, invitations, rooms
from records.audit_log import Act
from schema.refusals import Refused
from tests.unit.sqlite_db import SqliteDb
from tests.unit.test_rooms_records import foundation

ROLES = ("owner", "admin", "moderator", "member", "guest")
MADE = Invitation(
    id="i1",
    code="code-of-an-invitation",
    community_id="aurora",
    created_by="aurora-ada",
    role="member",
    room_ids=["aurora-board"],
    email=None,
    uses=1,
    created_at=10,
    expires_at=1_000,
    revoked_at=None,
)
WRONG = {
    "unknown": None,
    "expired": replace(MADE, expires_at=500),
    "revoked": replace(MADE, revoked_at=20),
    "used up": replace(MADE, used=1),
    "foreign": replace(MADE, community_id="borealis"),
}


def act(moment: int, action: str = "invitation_accepted") -> Act:
    return Act(f"a{moment}-{action}", "aurora", moment, "aurora-finn", action)


def test_an_open_invitation_is_open() -> None:
    assert rules.open_one(MADE, "aurora", 500) is MADE


@pytest.mark.parametrize("why", WRONG)
def test_any_other_is_refused_alike(why: str) -> None:
    with pytest.raises(Refused, match="invitation_not_valid"):
        rules.open_one(WRONG[why], "aurora", 500)


def test_one_by_mail_is_for_its_address_alone() -> None:
    by_mail = replace(MADE, email="kari@aurora.example")
    rules.check_invited(by_mail, "Kari@Aurora.example")
    with pytest.raises(Refused, match="invitation_not_valid"):
        rules.check_invited(by_mail, "eve@aurora.example")


@pytest.mark.parametrize(
    ("inviter", "may"),
    [
        ("owner", {"admin", "moderator", "member", "guest"}),
        ("admin", {"admin", "moderator", "member", "guest"}),
        ("moderator", {"member", "guest"}),
        ("member", set[str]()),
        ("guest", set[str]()),
    ],
)
def test_nobody_invites_above_themselves(inviter: str, may: set[str]) -> None:
    for role in ("owner", "admin", "moderator", "member", "guest"):
        if role in may:
            rules.check_new(Standing(inviter), role, None, 5)
            rules.check_inviter(Standing(inviter), role)
            continue
        with pytest.raises(Refused, match="not_allowed"):
            rules.check_new(Standing(inviter), role, None, 5)
        with pytest.raises(Refused, match="invitation_not_valid"):
            rules.check_inviter(Standing(inviter), role)


def test_who_is_gone_has_left_no_invitation_behind() -> None:
    with pytest.raises(Refused, match="invitation_not_valid"):
        rules.check_inviter(Standing(None), "guest")


@given(
    st.sampled_from(ROLES), st.sampled_from(ROLES[1:]), st.one_of(st.none(), st.sampled_from(ROLES))
)
def test_an_invitation_never_lowers_and_raises_only_as_its_inviter_might(
    inviter: str, offered: str, current: str | None
) -> None:
    role = rules.role_for(Standing(inviter), offered, current)
    assert role != "owner" or current == "owner"
    if current is None:
        assert role == offered
    else:
        assert RANK[role] >= RANK[current]
        assert role == current or (inviter in ("owner", "admin") and RANK[inviter] >= RANK[role])


async def place() -> SqliteDb:
    db = SqliteDb()
    for name in ("aurora", "borealis"):
        await foundations.add(db, foundation(name), 1)
    await db.run(
        "INSERT INTO people (id, email, name, name_key, created_at)"
        " VALUES ('kari', 'kari@x.example', 'Kari', 'kari', 1),"
        " ('olav', 'olav@x.example', 'Olav', 'olav', 1)"
    )
    assert await invitations.add(db, MADE, act(10, "invitation_made"))
    return db


async def accepts(db: SqliteDb, who: str, now: int, found: Invitation = MADE) -> bool:
    had = await communities.role(db, "aurora", who)
    return await invitations.accept(db, found, who, (had, "member"), found.room_ids, act(now))


async def test_who_comes_by_it_is_in_with_its_rooms() -> None:
    db = await place()
    assert await accepts(db, "kari", 100)
    assert await communities.role(db, "aurora", "kari") == "member"
    assert await rooms.joined_with(db, "aurora", "kari", 100) == ["aurora-board"]
    [listed] = await invitations.listed(db, "aurora", None)
    assert '"kari"' in listed["arrivals"] and '"Board"' in listed["named_rooms"]
    assert await invitations.listed(db, "borealis", None) == []
    told = await db.rows("SELECT action FROM audit_log ORDER BY at")
    assert [row["action"] for row in told] == ["invitation_made", "invitation_accepted"]


async def test_its_uses_are_counted_and_not_one_more_comes_in() -> None:
    db = await place()
    assert await accepts(db, "kari", 100)
    assert not await accepts(db, "olav", 100)
    assert await communities.role(db, "aurora", "olav") is None
    assert await rooms.joined_at(db, "aurora", "aurora-board", "olav") is None
    assert len(await db.rows("SELECT 1 FROM audit_log")) == 2


async def test_who_was_removed_does_not_come_in_by_it_again() -> None:
    db = await place()
    await db.run("UPDATE invitations SET uses = 10")
    assert await accepts(db, "kari", 100)
    await db.run("DELETE FROM community_members WHERE user_id = 'kari'")
    await db.run("DELETE FROM chat_members WHERE user_id = 'kari'")
    assert not await accepts(db, "kari", 200)
    assert await communities.role(db, "aurora", "kari") is None


@pytest.mark.parametrize("change", ["revoked_at = 50", "expires_at = 100"])
async def test_revoked_or_ended_while_somebody_accepts_it_lets_nobody_in(change: str) -> None:
    db = await place()
    await db.run(f"UPDATE invitations SET {change}")
    assert not await accepts(db, "kari", 100)
    assert await communities.role(db, "aurora", "kari") is None


async def test_a_role_that_was_changed_meanwhile_stays() -> None:
    db = await place()
    changed = (None, "member")
    await db.run("INSERT INTO community_members VALUES ('aurora', 'kari', 'guest', 5, NULL)")
    assert await invitations.accept(db, MADE, "kari", changed, [], act(100))
    assert await communities.role(db, "aurora", "kari") == "guest"


async def test_to_revoke_it_twice_is_to_revoke_it_once() -> None:
    db = await place()
    for moment in (20, 30):
        await invitations.revoke(db, "aurora", "i1", act(moment, "invitation_revoked"))
    found = await invitations.by_code(db, "aurora", MADE.code)
    assert found is not None and found.revoked_at == 20
    revoked = await db.rows("SELECT 1 FROM audit_log WHERE action = 'invitation_revoked'")
    assert len(revoked) == 1


async def test_another_community_neither_finds_nor_revokes_it() -> None:
    db = await place()
    assert await invitations.by_code(db, "borealis", MADE.code) is None
    assert await invitations.by_id(db, "borealis", "i1") is None
    await invitations.revoke(db, "borealis", "i1", act(20, "invitation_revoked"))
    found = await invitations.by_code(db, "aurora", MADE.code)
    assert found is not None and found.revoked_at is None


async def test_a_day_has_so_many_invitations_of_a_person() -> None:
    db = await place()
    for number in range(MADE_A_DAY):
        more = replace(MADE, id=f"m{number}", code=f"code-{number}", created_at=11)
        added = await invitations.add(db, more, act(number + 100, "invitation_made"))
        assert added is (number < MADE_A_DAY - 1)
    tomorrow = replace(MADE, id="t", code="t", created_at=11 + DAY_MS)
    assert await invitations.add(db, tomorrow, act(9_999, "invitation_made"))
