"""Profiles: handles that look alike, what a status is, and who sees whom."""

import pytest
from pydantic import ValidationError

from domain.profiles import columns, handle_key, name_alone, status
from records import communities, people, profiles, safety
from schema.profiles import ProfileChange, Status
from schema.refusals import Refused
from tests.unit.sqlite_db import SqliteDb


@pytest.mark.parametrize(
    ("one", "other"),
    [("anna_olsen", "annaolsen"), ("anna_o1sen", "anna_olsen"), ("b0b", "bob"), ("morn", "mom")],
)
def test_handles_that_look_alike_are_one(one: str, other: str) -> None:
    assert handle_key(one) == handle_key(other)


def test_handles_that_differ_are_two() -> None:
    assert len({handle_key(handle) for handle in ("ada", "adam", "ida", "bob", "rob")}) == 5


@pytest.mark.parametrize("handle", ["Ada", "аda", "a", "1ada", "ada!", "a" * 31, "ada\n", "a da"])
def test_a_handle_is_plain_ascii(handle: str) -> None:
    assert ProfileChange(handle="ada").handle == "ada"
    with pytest.raises(ValidationError):
        ProfileChange(handle=handle)


@pytest.mark.parametrize("handle", ["admin", "adm1n", "vegv1sr", "ow_ner"])
def test_a_reserved_handle_is_taken_however_it_is_spelled(handle: str) -> None:
    assert columns(ProfileChange(handle="adam"))["handle"] == "adam"
    with pytest.raises(Refused, match="name_taken"):
        columns(ProfileChange(handle=handle))


@pytest.mark.parametrize("emoji", ["🌱", "👩🏽‍🌾", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "❤️", "☕"])
def test_an_emoji_is_one(emoji: str) -> None:
    assert columns(ProfileChange(status=Status(emoji=emoji)))["status_emoji"] == emoji


@pytest.mark.parametrize("emoji", ["a", "<b>", "\u0000", " ", "文"])
def test_a_text_is_no_emoji(emoji: str) -> None:
    with pytest.raises(Refused, match="bad_fields"):
        columns(ProfileChange(status=Status(emoji=emoji)))


def test_a_status_ends_at_its_moment() -> None:
    assert status("🌱", "Sowing", 10, 9) == Status(emoji="🌱", text="Sowing", until=10)
    assert status("🌱", "Sowing", 10, 10) is None
    assert status("🌱", "", None, 10) == Status(emoji="🌱")
    assert status("", "", None, 0) is None


async def a_town() -> SqliteDb:
    db = SqliteDb()
    for community in ("here", "there"):
        sql = "INSERT INTO communities (id, slug, name, created_at) VALUES (?1, ?1, ?1, 0)"
        await db.run(sql, community)
    for name, community in (("ada", "here"), ("ben", "here"), ("dov", "there")):
        await people.add(db, name, f"{name}@x.example", name.title(), 0)
        await communities.welcome(db, community, name, 0)
    return db


async def test_a_handle_is_one_persons_in_every_community() -> None:
    db = await a_town()
    assert await profiles.change(db, "ada", columns(ProfileChange(handle="gardener")))
    for handle in ("gardener", "garden_er", "gardener_"):
        assert not await profiles.change(db, "dov", columns(ProfileChange(handle=handle)))
    assert await profiles.change(db, "ada", columns(ProfileChange(handle="garden_er")))
    assert await profiles.change(db, "ada", columns(ProfileChange(handle="")))
    assert await profiles.change(db, "dov", columns(ProfileChange(handle="gardener")))


async def test_a_name_is_one_persons_in_a_community() -> None:
    db = await a_town()
    assert not await profiles.rename(db, "here", "ada", "BEN")
    assert await profiles.rename(db, "here", "ada", "Dov")
    assert await profiles.rename(db, "here", "ada", "DOV")


async def test_nobody_takes_a_name_of_elsewhere_by_a_rename_here() -> None:
    db = await a_town()
    assert await communities.welcome(db, "there", "ada", 0)
    assert not await profiles.rename(db, "here", "ada", "Dov")
    assert await profiles.rename(db, "here", "ben", "Dov")


async def seen(db: SqliteDb, community: str, person: str) -> str:
    """The name that others there see."""
    row = await profiles.of_member(db, community, "ben", person)
    assert row is not None
    return row["shown_name"]


async def test_who_comes_in_with_a_name_of_somebody_there_has_a_number_there_alone() -> None:
    db = await a_town()
    for person, name in (("second", "BEN"), ("third", "\u0412en"), ("literal", "Ben 3")):
        await people.add(db, person, f"{person}@x.example", name, 0)
        assert await communities.welcome(db, "there", person, 0)
    assert await seen(db, "there", "second") == "BEN"
    await db.run("UPDATE community_members SET name_number = NULL")
    for person in ("second", "literal", "third"):
        assert await communities.welcome(db, "here", person, 0), "nobody is kept out"
    told = [await seen(db, "here", one) for one in ("ben", "second", "literal", "third")]
    assert told == ["Ben", "BEN 2", "Ben 3", "\u0412en 4"]
    assert await seen(db, "there", "second") == "BEN"
    assert await people.names_like(db, "here", "Ben") == {"ben", "ben 2", "ben 3", "ben 4"}
    await people.add(db, "fourth", "fourth@x.example", "Ben 2", 0)
    assert await communities.welcome(db, "here", "fourth", 0)
    assert await seen(db, "here", "fourth") == "Ben 2 2"


async def test_a_name_of_ones_own_ends_the_number_and_nobody_takes_a_numbered_one() -> None:
    db = await a_town()
    await people.add(db, "second", "second@x.example", "Ben", 0)
    await communities.welcome(db, "here", "second", 0)
    assert await seen(db, "here", "second") == "Ben 2"
    assert not await profiles.rename(db, "here", "ada", "ben 2")
    assert not await profiles.rename(db, "here", "second", "BEN")
    assert await seen(db, "here", "second") == "Ben 2"
    assert await profiles.rename(db, "here", "second", "Benedikt")
    assert await seen(db, "here", "second") == "Benedikt"


async def test_who_is_elsewhere_has_no_profile_here() -> None:
    db = await a_town()
    assert await profiles.of_member(db, "there", "ada", "dov")
    assert await profiles.of_member(db, "here", "ada", "dov") is None
    rows = await profiles.of_members(db, "here", "ada", ["ada", "ben", "dov", "nobody"])
    assert [row["id"] for row in rows] == ["ada", "ben"]


async def test_a_block_leaves_the_name_alone_to_both() -> None:
    db = await a_town()
    rows = await profiles.of_members(db, "here", "ada", ["ada", "ben"])
    assert [row["hidden"] for row in rows] == [0, 0]
    await safety.block(db, "ada", "ben", 1)
    for asker, other in (("ada", "ben"), ("ben", "ada")):
        rows = await profiles.of_members(db, "here", asker, ["ada", "ben"])
        assert {row["id"]: row["hidden"] for row in rows} == {asker: 0, other: 1}
    shown = name_alone("ben", "Ben").model_dump()
    assert {field for field, value in shown.items() if value} == {"id", "name"}
