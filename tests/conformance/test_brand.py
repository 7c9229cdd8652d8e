"""How a community looks: its colour, its CSS, its pictures, and the pages that carry them."""

import base64
import struct
import zlib
from typing import Any

import httpx
import pytest

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

BRAND = "/api/community/brand"
PNG = b"\x89PNG\r\n\x1a\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(side: int = 8) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (side + 1) * side)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture(content: bytes, part: str = "logo") -> dict[str, Any]:
    return {"part": part, "data": base64.b64encode(content).decode()}


async def page(who: Client, path: str = "/") -> httpx.Response:
    return await who.http.get(path, headers={"host": who.host})


@covers("route GET /api/community/brand", "route PATCH /api/community/brand")
@covers("route POST /api/community/brand/preview")
@covers("answer PATCH /api/community/brand refuses not_allowed")
async def test_a_look_is_tried_and_then_kept(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    before = await town.front.gets(BRAND)
    assert before["accent"] == "" and before["light"] is None
    wish = {"accent": "#ffe000", "title": "The Quay", "css": ".a{color:red;position:fixed}"}
    tried = await ada.posts(f"{BRAND}/preview", wish)
    assert tried["light"]["accent"] != "#ffe000", "yellow cannot be read on paper"
    assert tried["css"] == "#app .a{color:red}" and tried["dropped"] == ["position:fixed"]
    assert await town.front.gets(BRAND) == before
    refused(await ben.asks("PATCH", BRAND, wish), "not_allowed")
    assert (await ada.asks("PATCH", BRAND, wish)).json() == tried
    assert await town.front.gets(BRAND) == tried | {"dropped": []}
    assert (await ada.asks("PATCH", BRAND, {"accent": ""})).json()["title"] == "The Quay"
    assert (await town.front.gets(BRAND))["light"] is None


@covers("route PUT /api/community/brand/pictures", "number PICTURE_BYTES", "number PICTURE_SIDE")
@covers("answer PUT /api/community/brand/pictures refuses not_allowed")
@covers("answer PUT /api/community/brand/pictures refuses bad_fields")
@covers("limit Picture.data 500000")
async def test_a_picture_is_one_and_lives_at_its_own_host_alone(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    path, most = f"{BRAND}/pictures", document.number("PICTURE_BYTES")
    side = document.number("PICTURE_SIDE")
    refused(await ben.asks("PUT", path, picture(png())), "not_allowed")
    told = (await ada.asks("PUT", path, picture(png()))).json()
    seen = await page(town.front, told["logo"])
    assert seen.status_code == 200 and seen.content == png()
    assert seen.headers["content-type"] == "image/png"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in seen.headers["content-security-policy"]
    other = await found(town.front.http)
    assert (await page(other.front, told["logo"])).status_code == 404
    for wrong in (SVG, b"", b"GIF89a", PNG, png(side + 1), png().ljust(most + 1)):
        refused(await ada.asks("PUT", path, picture(wrong)), "bad_fields")
    refused(await ada.asks("PUT", path, {"part": "logo", "data": "no base64"}), "bad_fields")
    assert (await ada.asks("PUT", path, picture(png(side).ljust(most), "icon"))).json()["icon"]
    assert (await ada.asks("PUT", path, {"part": "logo", "data": None})).json()["logo"] == ""


async def test_a_page_arrives_in_the_look_of_its_host(town: Community) -> None:
    ada, other = await town.client("ada"), await found(town.front.http)
    wish = {"accent": "#b4531a", "title": 'A "<b>quay</b>" & more', "css": ".a{color:red}"}
    tints = (await ada.asks("PATCH", BRAND, wish)).json()["light"]
    ours, theirs = await page(town.front, "/rooms/x"), await page(other.front)
    assert "A &#34;&lt;b&gt;quay&lt;/b&gt;&#34; &amp; more</title>" in ours.text
    assert f"--accent:light-dark({tints['accent']}," in ours.text
    assert "#app .a{color:red}" in ours.text
    assert f"<title>Community {other.mark}</title>" in theirs.text
    assert "--accent:" not in theirs.text
    manifest = await page(town.front, "/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    assert manifest.json()["name"] == wish["title"]
    assert manifest.json()["theme_color"] == tints["accent"]


async def test_each_page_has_a_nonce_of_its_own(town: Community) -> None:
    first, second = await page(town.front), await page(town.front)
    policies = [each.headers["content-security-policy"] for each in (first, second)]
    assert policies[0] != policies[1]
    for policy in policies:
        assert "unsafe" not in policy and "'nonce-" in policy


@pytest.mark.parametrize("path", ["/", "/rooms/x", "/sign-in"])
async def test_a_host_without_a_community_has_a_page_that_says_so(
    square: Community, path: str
) -> None:
    lost = Client(square.front.http, f"chat.no-{square.mark}.localhost")
    answer = await page(lost, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@covers("limit ChangeBrand.title 80", "limit ChangeBrand.css 10000")
async def test_what_a_look_may_hold(town: Community) -> None:
    ada = await town.client("ada")
    fits = {"title": "t" * 80, "css": "/*".ljust(10_000)}
    assert (await ada.asks("PATCH", BRAND, fits)).status_code == 200
    wrong = [("title", "t" * 81), ("css", "c" * 10_001), ("accent", "red"), ("accent", "#12345")]
    for field, value in wrong:
        answer = await ada.asks("PATCH", BRAND, {field: value})
        assert refused(answer, "bad_fields")["fields"] == [field]
