"""The page around the front end."""

import json

import pytest

from domain import shell

INDEX = """<head><script>evil()</script>
<script type="module" crossorigin src="/assets/a.js"></script>
<link rel="modulepreload" crossorigin href="/assets/b.js"><link rel="icon" href="/x.svg">
<link rel="stylesheet" crossorigin href="/assets/c.css"></head>"""


def test_scripts_of_the_built_page_get_the_nonce_and_others_do_not_come_along() -> None:
    tags = shell.made(INDEX, "n0nce").split("\n")
    assert [tag.strip() for tag in tags] == [
        '<script nonce="n0nce" type="module" crossorigin src="/assets/a.js"></script>',
        '<link rel="modulepreload" crossorigin href="/assets/b.js">',
        '<link rel="stylesheet" crossorigin href="/assets/c.css">',
    ]


def test_a_brand_comes_before_the_name_where_there_is_one() -> None:
    assert shell.facade("Aurora", "", {}).title == "Aurora"
    seen = shell.facade("Aurora", "By the water", {"title": "A", "logo": "x.png"})
    assert (seen.title, seen.logo, seen.icon, seen.known) == ("A", "/branding/x.png", "", True)


def test_a_host_of_the_wider_platform_keeps_its_title_and_colour() -> None:
    config = {"branding": {"site_title": "Slow Food", "theme": {"primaryColor": "#0a7d8c"}}}
    seen = shell.foreign(config)
    assert (seen.title, seen.accent, seen.known) == ("Slow Food", "#0a7d8c", False)


@pytest.mark.parametrize(
    "config",
    [
        *(None, [], "x", {}, {"branding": []}, {"branding": {"siteTitle": 3, "theme": []}}),
        {"branding": {"theme": {"primaryColor": "red;} body{display:none"}}},
        {"branding": {"theme": {"primaryColor": ["#ffffff"]}, "css": "*{color:red}"}},
    ],
)
def test_whatever_others_wrote_there_the_page_stays_ours(config: object) -> None:
    assert shell.foreign(config) == shell.Facade(known=False)


def test_a_manifest_names_the_icon_with_its_type() -> None:
    plain = json.loads(shell.manifest(shell.Facade()))
    assert plain["icons"] == [{"src": "/favicon.svg", "type": "image/svg+xml", "sizes": "any"}]
    own = json.loads(shell.manifest(shell.facade("A", "", {"icon": "x.jpg", "accent": "#0a7d8c"})))
    assert own["icons"][0]["type"] == "image/jpeg"
    assert own["theme_color"] != plain["theme_color"]
