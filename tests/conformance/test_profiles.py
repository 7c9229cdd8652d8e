"""How people show themselves: a profile, a picture, faces."""

import struct
import uuid
import zlib

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

MINE = "/api/me/profile"


def png(side: int, size: int = 0) -> bytes:
    """A black square as a PNG, with so many bytes at the least."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * (side + 1) * side))
    return (b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")).ljust(size, b"\0")


@covers("route GET /api/me/profile", "route PATCH /api/me/profile")
@covers("route GET /api/people/{person_id}")
@covers("answer GET /api/people/{person_id} refuses not_found")
@covers("answer PATCH /api/me/profile refuses name_taken")
async def test_a_profile_is_changed_and_read(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    assert (await ada.gets(MINE))["name"] == "Ada"
    handle = f"ada_{town.mark}"
    change = {"handle": handle, "bio": "Plans.", "languages": ["nb", "en"]}
    changed = await ada.asks("PATCH", MINE, change)
    assert changed.json() == await ben.gets(f"/api/people/{ada.id}") == await ada.gets(MINE)
    assert changed.json() | change == changed.json()
    refused(await ada.asks("PATCH", MINE, {"handle": "Ada"}), "bad_fields")
    refused(await ben.asks("PATCH", MINE, {"handle": handle.replace("_", "")}), "name_taken")
    refused(await ben.asks("PATCH", MINE, {"name": "ADA"}), "name_taken")
    other = await (await found(town.front.http)).client("ada")
    refused(await ben.asks("GET", f"/api/people/{other.id}"), "not_found")


@covers("limit ProfileChange.bio 500", "limit ProfileChange.languages 10")
@covers("limit ProfileChange.name 80", "limit ProfileChange.time_zone 60")
@covers("limit Status.emoji 16", "limit Status.text 100")
async def test_a_profile_has_its_limits(town: Community) -> None:
    ada = await town.client("ada")
    for field, longest, more in (
        ("bio", "b" * 500, "b"),
        ("name", "n" * 80, "n"),
        ("time_zone", "Z" * 60, "Z"),
        ("languages", [f"a{letter}" for letter in "abcdefghij"], ["zz"]),
    ):
        changed = await ada.asks("PATCH", MINE, {field: longest})
        assert changed.json()[field] == longest
        refused(await ada.asks("PATCH", MINE, {field: longest + more}), "bad_fields")  # type: ignore[operator]
    for field, sign, most in (("emoji", "🌱", 16), ("text", "t", 100)):
        changed = await ada.asks("PATCH", MINE, {"status": {field: sign * most}})
        assert changed.json()["status"][field] == sign * most
        too_long = {"status": {field: sign * (most + 1)}}
        refused(await ada.asks("PATCH", MINE, too_long), "bad_fields")


async def test_a_status_is_shown_until_its_moment(town: Community) -> None:
    ada = await town.client("ada")
    status = {"emoji": "🌱", "text": "Sowing", "until": 4_102_444_800_000}
    assert (await ada.asks("PATCH", MINE, {"status": status})).json()["status"] == status
    over = await ada.asks("PATCH", MINE, {"status": status | {"until": 1_000}})
    assert over.json()["status"] is None


@covers("route PUT /api/me/avatar", "route DELETE /api/me/avatar", "route GET /api/faces")
@covers("number AVATAR_BYTES", "number AVATAR_SIDE", "number FACES", "refusal not_a_picture")
@covers("answer PUT /api/me/avatar refuses not_a_picture", "limit PUT /api/me/avatar 200000")
async def test_a_picture_is_shown_and_taken_away(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    side, most = document.number("AVATAR_SIDE"), document.number("AVATAR_BYTES")
    shown = await ada.asks("PUT", "/api/me/avatar", content=png(side, most))
    path = shown.json()["avatar"]
    picture = await ben.asks("GET", path)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    refused(await ada.asks("PUT", "/api/me/avatar", content=png(side + 1)), "not_a_picture")
    refused(await ada.asks("PUT", "/api/me/avatar", content=png(side, most + 1)), "body_too_large")
    refused(await ada.asks("PUT", "/api/me/avatar", content=b"<svg/>"), "not_a_picture")
    nobody = [str(uuid.uuid4()) for _ in range(document.number("FACES") - 1)]
    faces = await ben.gets("/api/faces", id=[ada.id, *nobody])
    assert faces == {"faces": [{"id": ada.id, "avatar": path}]}
    refused(await ben.asks("GET", "/api/faces", params={"id": [ada.id] * 101}), "bad_fields")
    await ada.asks("DELETE", "/api/me/avatar")
    assert (await ben.asks("GET", path)).status_code == 404
