"""The copies that leave a room: D1 rows, KV keys and R2 names, letter by letter."""

import json

from schema import wire
from tests.cast import World
from tests.integration.test_hiding import is_invisible
from tests.place import eventually

COLUMNS = {
    "chat_rooms": ["id", "name", "description", "community_id", "created_at", "settings"],
    "chat_messages": [
        *("id", "room_id", "user_id", "content", "message_type", "metadata", "created_at")
    ],
    "chat_members": ["room_id", "user_id", "role", "joined_at"],
    "schema_migrations": ["version", "applied_at"],
}


async def test_the_base_tables_have_exactly_the_columns_of_the_design(world: World) -> None:
    for table, columns in COLUMNS.items():
        found = world.platform.rows("SELECT name FROM pragma_table_info(?)", table)
        assert [row["name"] for row in found] == columns


async def test_every_message_becomes_one_row_of_chat_messages(world: World) -> None:
    ada, edda = world.ada, world.edda
    await ada.opens(world.commons)
    await edda.opens(world.commons)
    posted = [await ada.posts("Seeds: 40."), await edda.posts("Takk fyrir! 🌱")]
    rows = await world.copied(world.commons, messages=2)
    assert rows == [
        {
            "id": event.message.id,
            "room_id": world.commons,
            "user_id": person.id,
            "content": event.message.content,
            "message_type": "text",
            "metadata": json.dumps({"seq": event.seq}, separators=(",", ":")),
            "created_at": event.message.created_at,
        }
        for person, event in zip((ada, edda), posted, strict=True)
    ]


async def test_joining_is_in_the_log_but_no_message(world: World) -> None:
    path = f"/api/rooms/{world.commons}/join"
    assert (await world.finn.asks("POST", path)).status_code == 200
    await world.finn.opens(world.commons)
    await world.finn.posts("Hello, all.")
    [row] = await world.copied(world.commons, messages=1)
    assert json.loads(row["metadata"]) == {"seq": 2}
    vitals = await world.vitals(world.commons)
    assert (vitals.head_seq, vitals.copied_seq) == (2, 2)


async def test_kv_says_who_is_online_in_a_room(world: World) -> None:
    key = f"chat:room:{world.commons}:online"
    await world.ada.opens(world.commons)
    await world.ben.opens(world.commons)
    both = sorted([world.ada.id, world.ben.id])
    await eventually(lambda: world.platform.kv(key) == both, f"{key} lists Ada and Ben")
    await world.ben.closes()
    await eventually(lambda: world.platform.kv(key) == [world.ada.id], f"{key} lists Ada")


async def test_kv_says_where_somebody_is(world: World) -> None:
    key = f"chat:user:{world.ada.id}:presence"
    assert world.platform.kv(key) is None
    await world.ada.opens(world.commons)
    here = await eventually(lambda: world.platform.kv(key), f"{key} is there")
    assert here is not None
    assert here == {"online": True, "room_id": world.commons, "at": here["at"]}
    await world.ada.closes()

    def gone() -> bool:
        state = world.platform.kv(key)
        return state is not None and state["online"] is False

    await eventually(gone, f"{key} says that Ada is gone")


async def test_kv_says_who_types_and_who_stopped(world: World) -> None:
    key = f"chat:room:{world.commons}:typing"
    await world.ada.opens(world.commons)
    await world.ada.types()
    await eventually(lambda: world.platform.kv(key) == [world.ada.id], f"{key} lists Ada")
    await world.ada.types(False)
    await eventually(lambda: world.platform.kv(key) == [], f"{key} is empty")


async def test_kv_knows_that_who_posted_types_no_more(world: World) -> None:
    key = f"chat:room:{world.commons}:typing"
    await world.ada.opens(world.commons)
    await world.ada.types()
    await eventually(lambda: world.platform.kv(key) == [world.ada.id], f"{key} lists Ada")
    await world.ada.posts("Done.")
    await eventually(lambda: world.platform.kv(key) == [], f"{key} is empty")


async def test_kv_knows_that_who_went_away_types_no_more(world: World) -> None:
    key = f"chat:room:{world.commons}:typing"
    await world.ada.opens(world.commons)
    await world.ada.types()
    await eventually(lambda: world.platform.kv(key) == [world.ada.id], f"{key} lists Ada")
    await world.ada.closes()
    await eventually(lambda: world.platform.kv(key) == [], f"{key} is empty")


async def test_kv_does_not_know_who_is_invisible(world: World) -> None:
    online = f"chat:room:{world.commons}:online"
    own = f"chat:user:{world.ben.id}:presence"
    for person in (world.ada, world.ben):
        await person.opens(world.commons)
    both = sorted([world.ada.id, world.ben.id])
    await eventually(lambda: world.platform.kv(online) == both, f"{online} lists both")
    await is_invisible(world.ben)
    await eventually(lambda: world.platform.kv(online) == [world.ada.id], f"{online} lists Ada")
    state = await eventually(lambda: world.platform.kv(own), f"{own} is there")
    assert state["online"] is False


RULES = {"join_rule": "open", "join_questions": []}


async def test_kv_holds_the_config_that_routing_reads(world: World) -> None:
    place = world.here
    config = {
        "community_id": place.community_id,
        "slug": place.community_id,
        "name": "Home",
        "description": "",
    }
    assert world.platform.kv(f"community:{place.domain}:config") == {
        **config,
        "domain": place.domain,
        "brand": {},
    }
    whole = world.platform.kv(f"chat:community:{place.community_id}:config")
    assert whole == {**config, "domains": [place.domain], "brand": {}, "settings": RULES}


async def test_a_host_without_its_kv_key_is_found_in_d1(world: World) -> None:
    other = f"other.{world.here.domain}"
    sql = "INSERT INTO community_domains (domain, community_id) VALUES (?, ?)"
    assert world.platform.change(sql, other, world.here.community_id) == 1
    answer = await world.here.asks(
        "GET", "/api/community", headers={"host": f"{other}:{world.platform.port}"}
    )
    assert answer.json()["id"] == world.here.community_id
    found = world.platform.kv(f"community:{other}:config")
    assert found is not None and found["community_id"] == world.here.community_id


async def test_r2_keeps_each_workers_health_mark_under_its_own_prefix(world: World) -> None:
    assert (await world.here.asks("GET", "/healthz")).status_code == 200
    workers = ("ai-chat", "chat", "community", "knowledge-bridge")
    found = {key.rsplit("/", 1)[0] for key in world.platform.files("healthz/")}
    assert found == {f"healthz/{name}-worker" for name in workers}


async def test_a_row_is_copied_once_although_its_reference_was_sent_twice(world: World) -> None:
    await world.ada.opens(world.commons)
    first = await world.ada.posts("Once.", ref="same")
    await world.ada.says(type="send_message", ref="same", content="Once.")
    last = await world.ada.posts("Last.")
    rows = await world.copied(world.commons, messages=2)
    assert [row["id"] for row in rows] == [first.message.id, last.message.id]
    assert isinstance(last, wire.MessagePosted)
