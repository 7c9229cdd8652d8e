"""A host that is no community of ours, in the look that the wider Vegvisr gave it."""

from typing import Any

from tests.cast import World

CONFIG: dict[str, Any] = {
    "domain": "set below",
    "owner": "kari@example.org",
    "branding": {"siteTitle": "Slow Food", "theme": {"primaryColor": "#0a7d8c"}},
}


async def test_a_host_of_the_wider_vegvisr_keeps_its_look(world: World) -> None:
    host = f"slow.{world.here.domain}"
    headers = {"host": f"{host}:{world.platform.port}"}
    plain = await world.here.asks("GET", "/", headers=headers)
    assert plain.status_code == 404 and "<title>Vegvisr</title>" in plain.text
    world.platform.write_site_config(host, CONFIG | {"domain": host})
    dressed = await world.here.asks("GET", "/", headers=headers)
    assert dressed.status_code == 404 and "<title>Slow Food</title>" in dressed.text
    assert "--accent" in dressed.text and "--accent" not in plain.text
    other = await world.here.asks("GET", "/", headers={"host": f"o{headers['host']}"})
    assert "<title>Vegvisr</title>" in other.text


async def test_a_community_of_ours_keeps_its_own(world: World) -> None:
    lost = {"host": f"lost.{world.here.host}"}
    assert (await world.here.asks("GET", "/", headers=lost)).status_code == 404
    world.platform.write_site_config(world.here.domain, CONFIG | {"domain": world.here.domain})
    page = await world.here.asks("GET", "/")
    assert page.status_code == 200 and "<title>Home</title>" in page.text
