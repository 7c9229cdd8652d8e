"""What only a developer's machine has: who may ask for it, and what a foundation begins."""

import contextlib
import sqlite3
from typing import Any

import pytest

from tests.cast import World
from tests.person import Person
from tests.place import Place, refused
from tests.platform import Platform
from tests.sight import sees_joining, sees_leaving


def foundation(place: Place, **more: Any) -> dict[str, Any]:
    """The community that is there, and what is added to it."""
    community = {"id": place.community_id, "slug": place.community_id, "name": "Home"}
    return {"community": community, "domains": [place.domain], **more}


async def founds(place: Place, **more: Any) -> None:
    body = foundation(place, **more)
    answer = await place.asks("POST", "/api/local/foundations", json=body)
    assert answer.status_code == 201, answer.text


def spoils(platform: Platform, key: str) -> None:
    """Let KV hold what another version of the platform would have written."""
    files = (platform.state / "v3/kv/miniflare-KVNamespaceObject").glob("*.sqlite")
    blobs = []
    for file in (one for one in files if one.name != "metadata.sqlite"):
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            sql = "SELECT blob_id FROM _mf_entries WHERE key = ?"
            blobs += [blob for [blob] in db.execute(sql, (key,))]
    [blob] = blobs
    value = platform.state / "v3/kv/vegvisr-chat/blobs" / blob
    value.write_text('{"slug": "of another version"}'.ljust(value.stat().st_size), "utf-8")


async def test_somebody_new_is_announced_in_default_rooms_and_never_brought_back(
    world: World,
) -> None:
    ada, hall = world.ada, f"hall-{world.here.community_id}"
    kari = Person(world.here, f"kari-{world.here.community_id}", "Kari Nordmann")
    settings = {"default": True, "visibility": "private"}
    room = {"id": hall, "name": "Hall", "settings": settings, "members": [ada.id]}
    known = {"id": kari.id, "email": f"{kari.id}@example.org", "name": kari.name, "role": None}
    await founds(world.here, rooms=[room], people=[known])
    await ada.opens(hall)
    await kari.signs_in()
    assert (await ada.until(sees_joining(kari))).seq == 1
    assert (await kari.asks("POST", f"/api/rooms/{hall}/leave")).status_code == 204
    await ada.until(sees_leaving(kari))
    kari.cookie = ""
    await kari.signs_in()
    assert hall not in [room["id"] for room in (await kari.gets("/api/rooms"))["rooms"]]
    assert len((await ada.reads(hall)).events) == 2


async def test_another_sites_page_founds_nothing_and_reads_no_mail(world: World) -> None:
    wrong = {"origin": "https://evil.example"}
    room = f"/api/local/rooms/{world.commons}"
    for method, path in (
        ("POST", "/api/local/foundations"),
        ("POST", f"{room}/messages"),
        ("GET", f"{room}/vitals"),
        ("GET", "/api/local/mailbox"),
    ):
        body = bodies(world).get(path)
        answer = await world.here.asks(method, path, headers=wrong, json=body)
        assert refused(answer).code == "wrong_origin", path
        assert (await world.here.asks(method, path, json=body)).status_code in (200, 201), path


def bodies(world: World) -> dict[str, dict[str, Any]]:
    """What the local routes take that write; there is nothing new in it."""
    place = world.here
    facts = {"id": world.commons, "name": "Commons", "description": "", "settings": {}}
    facts["community_id"] = place.community_id
    return {
        "/api/local/foundations": foundation(place),
        f"/api/local/rooms/{world.commons}/messages": {"room": facts, "messages": []},
    }


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize("path", ["mailbox", "foundations", "people", "nothing"])
async def test_a_host_that_was_bound_to_this_machine_finds_no_local_routes(
    world: World, method: str, path: str
) -> None:
    host = {"host": f"evil.example:{world.platform.port}"}
    where = f"/api/local/{path}"
    answer = await world.here.asks(method, where, headers=host, content="no json")
    assert refused(answer).code == "not_found"


async def test_a_config_that_an_older_version_wrote_is_written_anew(world: World) -> None:
    domain = f"also-{world.here.domain}"
    key = f"community:{domain}:config"
    await founds(world.here, domains=[world.here.domain, domain])
    published = world.platform.kv(key)
    assert published is not None and published["community_id"] == world.here.community_id
    spoils(world.platform, key)
    assert world.platform.kv(key) == {"slug": "of another version"}
    headers = {"host": f"{domain}:{world.platform.port}"}
    answer = await world.here.asks("GET", "/api/community", headers=headers)
    assert answer.status_code == 200, answer.text
    assert world.platform.kv(key) == published
