"""Two brands on two hosts, in one browser: each arrives whole and neither is seen at the other."""

import base64
import struct
import zlib
from typing import Any

from playwright.async_api import expect

from tests.cast import World
from tests.e2e.conftest import Opens
from tests.e2e.window import Window
from tests.person import Person
from tests.unit.test_avatars import PNG, chunk

QUAY = {"title": "The Old Quay", "accent": "#b4531a", "css": "h1 { letter-spacing: 3px }"}
DALE = {"title": "Dale & Moor", "accent": "#2f7d32", "css": ""}

# Every frame from the first on: what is painted is never in another look.
WATCH = """() => {
  window.seen = { accents: [], titles: [] };
  const add = (list, one) => one && list.at(-1) !== one && list.push(one);
  const look = () => {
    const root = document.documentElement;
    if (document.body) add(seen.accents, getComputedStyle(root).getPropertyValue("--accent"));
    add(seen.titles, document.title);
    requestAnimationFrame(look);
  };
  look();
}"""
HEAD = """() => ({
  icon: document.querySelector("link[rel=icon]").getAttribute("href"),
  name: document.querySelector("meta[property='og:site_name']").content,
  heading: document.querySelector("h1").textContent,
  spacing: getComputedStyle(document.querySelector("h1")).letterSpacing,
  ...window.seen,
})"""

INSTALLED = """async (picture) => {
  const manifest = await fetch(document.querySelector("link[rel=manifest]").href);
  return [await manifest.json(), (await fetch(picture)).status];
}"""


async def wears(owner: Person, brand: dict[str, Any]) -> str:
    """Give a community a look; where its icon lives."""
    answer = await owner.asks("PATCH", "/api/community/brand", json=brand)
    assert answer.status_code == 200, answer.text
    picture = {"part": "icon", "data": base64.b64encode(pixel(brand["accent"])).decode()}
    answer = await owner.asks("PUT", "/api/community/brand/pictures", json=picture)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["icon"])


def pixel(colour: str) -> bytes:
    """A picture of one pixel: what stands beside the pixel is not kept."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    seen = zlib.compress(b"\0" + bytes.fromhex(colour[1:]))
    return PNG + head + chunk(b"IDAT", seen) + chunk(b"IEND", b"")


async def arrives(window: Window, address: str) -> dict[str, Any]:
    """Open the door of a host, and tell what was seen there from the first frame on."""
    await window.page.goto(f"{address}/sign-in")
    await expect(window.page.get_by_label("Your e-mail address")).to_be_visible()
    return dict(await window.page.evaluate(HEAD))


async def test_each_host_has_its_brand_from_the_first_frame_on(world: World, window: Opens) -> None:
    quay_icon, dale_icon = await wears(world.ada, QUAY), await wears(world.dov, DALE)
    nobody = await window(world.here, color_scheme="light")
    await nobody.page.add_init_script(f"({WATCH})()")
    far = nobody.address.replace(world.here.domain, world.elsewhere.domain)
    quay, dale = await arrives(nobody, nobody.address), await arrives(nobody, far)
    again = await arrives(nobody, nobody.address)
    assert again == quay, "the other host left nothing behind"
    assert (quay["name"], quay["heading"]) == (QUAY["title"],) * 2
    assert (dale["name"], dale["heading"]) == (DALE["title"],) * 2
    assert (quay["icon"], quay["spacing"]) == (quay_icon, "3px")
    assert dale["icon"] == dale_icon and dale["spacing"] != "3px"
    for seen, brand in ((quay, QUAY), (dale, DALE)):
        assert len(seen["accents"]) == 1, f"a flash of another colour: {seen['accents']}"
        assert all(brand["title"] in title for title in seen["titles"]), seen["titles"]
    assert quay["accents"] != dale["accents"]


async def test_each_host_has_its_manifest_and_keeps_its_pictures(
    world: World, window: Opens
) -> None:
    icon = await wears(world.ada, QUAY)
    await wears(world.dov, DALE)
    nobody = await window(world.here)
    nobody.expects("status of 404")
    far = nobody.address.replace(world.here.domain, world.elsewhere.domain)
    await arrives(nobody, nobody.address)
    here, kept = await nobody.page.evaluate(INSTALLED, icon)
    await arrives(nobody, far)
    there, foreign = await nobody.page.evaluate(INSTALLED, icon)
    assert (here["name"], there["name"]) == (QUAY["title"], DALE["title"])
    assert here["theme_color"] != there["theme_color"]
    assert here["icons"][0]["src"] == icon != there["icons"][0]["src"]
    assert (kept, foreign) == (200, 404)
