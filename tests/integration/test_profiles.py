"""How people show themselves: to their own communities, and to nobody else."""

import pytest

from schema import wire
from tests.cast import World
from tests.person import Person
from tests.place import refused
from tests.unit.test_avatars import SECRET, jpeg, png


async def test_what_one_tells_of_oneself_others_of_the_community_read(world: World) -> None:
    change = {"handle": f"h{world.ada.id[4:]}", "bio": "Plans.", "languages": ["nb", "en", "nb"]}
    change |= {"time_zone": "Europe/Oslo", "status": {"emoji": "🌱", "text": "Sowing"}}  # type: ignore[dict-item]
    answer = await world.ada.asks("PATCH", "/api/me/profile", json=change)
    assert answer.status_code == 200, answer.text
    path = f"/api/people/{world.ada.id}"
    read = await world.ben.gets(path)
    assert read == answer.json() == await world.ada.gets("/api/me/profile")
    assert (read["bio"], read["languages"]) == ("Plans.", ["nb", "en"])
    assert read["status"] == {"emoji": "🌱", "text": "Sowing", "until": None}
    assert "example.org" not in str(read), "an address is nobody else's business"
    assert refused(await world.dov.asks("GET", path)).code == "not_found"
    assert refused(await world.here.asks("GET", path)).code == "not_signed_in"


async def test_a_handle_that_looks_like_somebodys_is_taken_in_every_community(
    world: World,
) -> None:
    mine = f"olsen_{world.ada.id[4:]}"
    first = await world.ada.asks("PATCH", "/api/me/profile", json={"handle": mine})
    assert first.json()["handle"] == mine
    for twin in (mine, mine.replace("_", ""), mine.replace("o", "0", 1).replace("0", "o", 1)):
        for person in (world.ben, world.dov):
            answer = await person.asks("PATCH", "/api/me/profile", json={"handle": twin})
            assert refused(answer).code == "name_taken"
    wrong = await world.ben.asks("PATCH", "/api/me/profile", json={"handle": "оlsen"})
    assert refused(wrong).fields == ["handle"]


async def test_a_new_name_is_told_where_one_sits(world: World) -> None:
    await world.ben.opens(world.commons)
    taken = await world.ben.asks("PATCH", "/api/me/profile", json={"name": "ada solberg"})
    assert refused(taken).code == "name_taken"
    answer = await world.ben.asks("PATCH", "/api/me/profile", json={"name": "Benedict Okafor"})
    assert answer.json()["name"] == "Benedict Okafor"
    posted = await world.ben.posts("It is me.")
    assert posted.message.author.name == "Benedict Okafor"
    assert world.ben.all(wire.AccessChanged)[-1].you.name == "Benedict Okafor"


async def test_who_comes_in_with_somebodys_name_has_a_number_there_alone(world: World) -> None:
    edda, dov = world.edda, world.dov
    twin = edda.name.upper()
    renamed = await dov.asks("PATCH", "/api/me/profile", json={"name": twin})
    assert renamed.json()["name"] == twin, "nobody of that name is there yet"
    there = Person(world.elsewhere, edda.id, edda.name)
    await there.signs_in()
    numbered = f"{edda.name} 2"
    assert (await there.gets("/api/me"))["person"]["name"] == numbered
    assert (await edda.gets("/api/me"))["person"]["name"] == edda.name
    assert (await there.gets("/api/me/profile"))["name"] == edda.name
    assert (await dov.gets(f"/api/people/{edda.id}"))["name"] == numbered
    listed = (await dov.gets("/api/members"))["members"]
    assert {one["name"] for one in listed} == {twin, numbered}
    assert (await there.asks("POST", f"/api/rooms/{world.far_room}/join")).status_code == 200
    await there.opens(world.far_room)
    assert (await there.posts("Hello.")).message.author.name == numbered
    await there.closes()
    own = await there.asks("PATCH", "/api/me/profile", json={"name": f"{edda.name} of here"})
    assert own.json()["name"] == f"{edda.name} of here"
    assert (await there.gets("/api/me"))["person"]["name"] == f"{edda.name} of here"


async def test_a_picture_is_seen_by_the_community_alone(world: World) -> None:
    shown = await world.ada.asks("PUT", "/api/me/avatar", content=jpeg())
    assert shown.status_code == 200, shown.text
    path = shown.json()["avatar"]
    seen = await world.ben.asks("GET", path)
    assert seen.status_code == 200 and SECRET not in seen.content
    assert seen.headers["content-type"] == "image/jpeg"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert seen.headers["content-security-policy"] == "default-src 'none'; sandbox"
    query = {"id": [world.ada.id, world.ben.id, world.dov.id]}
    faces = (await world.ben.gets("/api/faces", **query))["faces"]
    assert faces == [{"id": world.ada.id, "avatar": path}, {"id": world.ben.id, "avatar": None}]
    assert refused(await world.dov.asks("GET", path)).code == "not_found"
    assert refused(await world.here.asks("GET", path)).code == "not_signed_in"
    other = path.replace(world.ada.id, world.ben.id)
    assert refused(await world.ben.asks("GET", other)).code == "not_found"


async def test_one_picture_takes_the_place_of_another(world: World) -> None:
    prefix = f"avatars/{world.ada.id}/"
    for content in (jpeg(), png()):
        shown = (await world.ada.asks("PUT", "/api/me/avatar", content=content)).json()["avatar"]
        assert world.platform.files(prefix) == [shown[1:]]
    assert (await world.ada.asks("DELETE", "/api/me/avatar")).status_code == 204
    assert world.platform.files(prefix) == []
    assert (await world.ada.gets("/api/me/profile"))["avatar"] is None
    assert refused(await world.ada.asks("GET", shown)).code == "not_found"


@pytest.mark.parametrize("kind", ["image/png", "image/svg+xml", "text/html", ""])
async def test_a_script_is_no_picture_whatever_it_calls_itself(world: World, kind: str) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    headers = {"content-type": kind}
    ours = await world.ada.asks("PUT", "/api/me/avatar", content=png(), headers=headers)
    assert ours.json()["avatar"].endswith(".png")
    theirs = await world.ada.asks("PUT", "/api/me/avatar", content=svg, headers=headers)
    assert refused(theirs).code == "not_a_picture"
    assert (await world.ada.gets("/api/me/profile"))["avatar"] == ours.json()["avatar"]
