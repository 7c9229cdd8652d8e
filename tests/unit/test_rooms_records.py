"""Rooms, members and foundations in D1's tables."""

import json

from domain.sessions import SESSION_MS, begin
from records import communities, foundations, messages, people, rooms, sessions, standings
from schema.foundation import FirstPerson, FirstRoom, Foundation, NewCommunity
from schema.rows import RoomRow
from tests.unit.sqlite_db import SqliteDb


def foundation(name: str) -> Foundation:
    return Foundation(
        community=NewCommunity(id=name, slug=name, name=name.title()),
        domains=[f"chat.{name}.localhost"],
        people=[
            FirstPerson(id=f"{name}-ada", email=f"ada@{name}.example", name="Ada", role="owner"),
            FirstPerson(id=f"{name}-finn", email=f"finn@{name}.example", name="Finn"),
            FirstPerson(id=f"{name}-guest", email=f"guest@{name}.example", name="G", role="guest"),
        ],
        rooms=[
            FirstRoom(id=f"{name}-commons", name="Commons", members=[f"{name}-ada"]),
            FirstRoom(
                id=f"{name}-board",
                name="Board",
                settings={"visibility": "private"},
                members=[f"{name}-ada"],
            ),
        ],
    )


async def two_communities() -> SqliteDb:
    db = SqliteDb()
    for name in ("aurora", "borealis"):
        await foundations.add(db, foundation(name), 1)
    return db


async def names_seen(db: SqliteDb, community: str, person: str) -> list[str]:
    return [row["name"] for row in await rooms.seen_by(db, community, person)]


async def test_founding_again_changes_nothing() -> None:
    db = await two_communities()
    await foundations.add(db, foundation("aurora"), 2)
    assert await db.rows("SELECT DISTINCT created_at FROM chat_rooms") == [{"created_at": 1}]
    assert len(await communities.people(db, "aurora")) == 3
    assert await communities.domains(db, "aurora") == ["chat.aurora.localhost"]


async def test_the_side_bar_shows_public_rooms_and_ones_own_private_ones() -> None:
    db = await two_communities()
    assert await names_seen(db, "aurora", "aurora-ada") == ["Board", "Commons"]
    assert await names_seen(db, "aurora", "aurora-finn") == ["Commons"]
    assert await names_seen(db, "aurora", "aurora-guest") == []


async def test_another_communitys_rooms_are_never_seen_joined_or_left() -> None:
    db = await two_communities()
    assert await names_seen(db, "borealis", "aurora-ada") == []
    assert not await rooms.join(db, "borealis", "aurora-commons", "borealis-ada", "member", 2)
    assert not await rooms.end_membership(
        db, "borealis", "aurora-commons", "aurora-ada", joined_at=1
    )
    assert await rooms.members(db, "borealis", "aurora-commons") == []
    standing = await standings.of_person(db, "borealis", "aurora-ada", "aurora-commons")
    assert standing is not None and standing["room_id"] is None
    assert standing["community_role"] is None


async def test_a_session_stands_where_its_person_does_while_it_lasts() -> None:
    db = await two_communities()
    await sessions.add(db, begin("s", "hash", "aurora-ada", "h", "", "", now=1))
    by_session = await standings.of_session(db, "aurora", "hash", "h", 99, "aurora-board")
    by_name = await standings.of_person(db, "aurora", "aurora-ada", "aurora-board")
    assert by_session == {**(by_name or {}), "until": 1 + SESSION_MS}
    assert by_session is not None and by_session["person_id"] == "aurora-ada"
    assert (
        await standings.of_session(db, "aurora", "hash", "h", SESSION_MS + 1, "aurora-board")
        is None
    )
    assert await standings.of_session(db, "aurora", "other", "h", 99, "aurora-board") is None
    assert await standings.of_session(db, "aurora", "hash", "i", 99, "aurora-board") is None
    elsewhere = await standings.of_session(db, "borealis", "hash", "h", 99, "aurora-board")
    assert elsewhere is not None and elsewhere["room_id"] is None
    assert elsewhere["community_role"] is None


async def test_joining_and_leaving_count_once() -> None:
    db = await two_communities()
    joined = [
        await rooms.join(db, "aurora", "aurora-commons", "aurora-finn", "member", 2) for _ in "12"
    ]
    assert joined == [True, False]
    members = await rooms.members(db, "aurora", "aurora-commons")
    assert [(row["name"], row["role"]) for row in members] == [
        ("Ada", "member"),
        ("Finn", "member"),
    ]
    left = [
        await rooms.end_membership(db, "aurora", "aurora-commons", "aurora-finn", joined_at)
        for joined_at in (1, 2, 2)
    ]
    assert left == [False, True, False]


async def test_a_room_name_is_taken_once_in_each_community() -> None:
    db = await two_communities()

    def room(room_id: str, community: str, name: str) -> RoomRow:
        return RoomRow(
            id=room_id,
            name=name,
            description="",
            community_id=community,
            created_at=2,
            settings="{}",
        )

    assert await rooms.add(db, room("r1", "aurora", "Garden"), "aurora-ada")
    assert not await rooms.add(db, room("r2", "aurora", "GARDEN"), "aurora-finn")
    assert not await rooms.add(db, room("r2", "aurora", "Gar\u200bden"), "aurora-finn")
    assert await rooms.add(db, room("r3", "borealis", "Garden"), "borealis-ada")
    assert await rooms.add(db, room("r4", "aurora", "Åse"), "aurora-finn")
    assert not await rooms.add(db, room("r5", "aurora", "åSE"), "aurora-finn")
    assert await db.rows("SELECT * FROM chat_members WHERE room_id IN ('r2', 'r5')") == []
    assert await rooms.by_id(db, "aurora", "r2") is None


async def test_the_moment_of_joining_is_known_as_long_as_somebody_is_a_member() -> None:
    db = await two_communities()
    where = (db, "aurora", "aurora-commons", "aurora-finn")
    assert await rooms.joined_at(*where) is None
    await rooms.join(*where, "member", 7)
    await rooms.join(*where, "member", 8)
    assert await rooms.joined_at(*where) == 7
    assert await rooms.joined_at(db, "borealis", "aurora-commons", "aurora-finn") is None
    await rooms.end_membership(*where, joined_at=7)
    assert await rooms.joined_at(*where) is None


async def test_somebody_new_joins_the_default_rooms_and_comes_back_to_none_they_left() -> None:
    db = await two_communities()
    default = FirstRoom(id="hall", name="Hall", settings={"default": True})
    whole = foundation("aurora").model_copy(update={"rooms": [default]})
    await foundations.add(db, whole, 2)
    await people.add(db, "kari", "kari@aurora.example", "Kari", 3)
    assert await communities.welcome(db, "aurora", "kari", 3)
    assert await rooms.joined_with(db, "aurora", "kari", 3) == ["hall"]
    assert await rooms.end_membership(db, "aurora", "hall", "kari", joined_at=3)
    assert not await communities.welcome(db, "aurora", "kari", 4)
    assert await rooms.joined_at(db, "aurora", "hall", "kari") is None


async def test_names_like_this_one_are_those_of_this_community() -> None:
    db = await two_communities()
    await people.add(db, "ada-2", "ada2@aurora.example", "ADA 2", 3)
    await communities.welcome(db, "aurora", "ada-2", 3)
    assert await people.names_like(db, "aurora", "Ada") == {"ada", "ada 2"}
    assert await people.names_like(db, "borealis", "Ada") == {"ada"}
    assert await people.names_like(db, "aurora", "Bo") == set()


async def test_the_copy_of_a_message_is_made_once_and_never_changed() -> None:
    db = SqliteDb()
    row = {
        "id": "m1",
        "room_id": "r",
        "user_id": "ada",
        "content": 'Þetta er ‘quoted’ "text" 🌱',
        "message_type": "text",
        "metadata": {"seq": 1},
        "created_at": 1795343635738,
    }
    await messages.copy(db, json.dumps([row, {**row, "id": "m2"}]))
    await messages.copy(db, json.dumps([{**row, "content": "changed"}, {**row, "id": "m3"}]))
    stored = await db.rows("SELECT * FROM chat_messages ORDER BY id")
    assert [one["id"] for one in stored] == ["m1", "m2", "m3"]
    assert stored[0] == {**row, "metadata": '{"seq":1}'}
