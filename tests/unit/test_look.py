"""A brand's colour, its CSS and its pictures: whatever somebody gives, the app stays readable."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.colour import Oklch, to_hex
from domain.custom_css import reduced
from domain.look import look, style
from domain.pictures import of_brand
from schema.refusals import Refused
from tests.unit.document import ROOT
from tests.unit.test_avatars import SECRET, jpeg, png, webp

hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
TOKEN = re.compile(r"--([\w-]+): light-dark\(oklch\(([^/)]+)\), oklch\(([^/)]+)\)\);")
TOKENS = {
    name: (light, dark)
    for name, light, dark in TOKEN.findall(
        (ROOT / "frontend/src/styles/tokens.css").read_text("utf-8")
    )
}
GROUNDS = ("paper", "surface", "sunk", "hover")


def luminance(text: str) -> float:
    """Written from the words of WCAG 2.2, apart from what it checks."""
    parts = [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(k * c for k, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def token(name: str, theme: int) -> str:
    return to_hex(Oklch(*(float(part) for part in TOKENS[name][theme].split())))


@given(hexes)
@example("#ffff00")
@example("#000000")
@example("#ffffff")
@example("#0000ff")
@example("#808080")
def test_every_colour_becomes_one_that_can_be_read(accent: str) -> None:
    found = look(accent)
    for theme, tints in enumerate((found.light, found.dark)):
        for ground in (*GROUNDS, "on-accent"):
            assert contrast(tints.accent, token(ground, theme)) >= 4.5, ground
            assert contrast(tints.accent_strong, token(ground, theme)) >= 4.5, ground
        assert contrast(tints.accent, tints.accent_wash) >= 4.5
        for ink in ("ink", "muted"):
            assert contrast(token(ink, theme), tints.accent_wash) >= 4.5, ink


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert look("#00587a").light.accent == "#00587a"
    assert look("#8fd3f4").dark.accent == "#8fd3f4"


@given(hexes)
def test_a_style_holds_tokens_and_nothing_else(accent: str) -> None:
    colour = "light-dark\\(#[0-9a-f]{6},#[0-9a-f]{6}\\)"
    expected = f":root:root{{--accent:{colour};--accent-strong:{colour};--accent-wash:{colour};}}"
    assert re.fullmatch(expected.replace("{--", "\\{--"), style(accent))


PICTURE = "a" * 64


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".room { color: #123456 }", "#app .room{color:#123456}"),
        ("main > .head:hover, h1 { gap: 2px; }", "#app main > .head:hover,#app h1{gap:2px}"),
        (
            ".a{background:linear-gradient(rgb(1 2 3), #fff)}",
            "#app .a{background:linear-gradient(rgb(1 2 3), #fff)}",
        ),
        (
            f".a{{background-image:url(/branding/{PICTURE}.png)}}",
            f"#app .a{{background-image:url(/branding/{PICTURE}.png)}}",
        ),
        ("/* why */ .a { color: var(--accent) }", "#app .a{color:var(--accent)}"),
    ],
)
def test_what_is_allowed_is_kept(css: str, expected: str) -> None:
    assert reduced(css) == (expected, [])


@pytest.mark.parametrize(
    "css",
    [
        "@import 'https://evil.example/x.css';",
        "@import url(//evil.example); .a { position: fixed }",
        ".a { background: url(https://evil.example/x) }",
        ".a { background: url(/api/sign-out) }",
        ".a { background: url(/branding/../x.png) }",
        ".a { background: u\\72l(//evil.example) }",
        ".a { background-image: image-set('//evil.example/x.png' 1x) }",
        ".a { position: fixed; inset: 0; z-index: 9 }",
        ".a { content: 'Sign in again' }",
        "@media print { .a { color: red; } }",
        "@font-face { font-family: x }",
        ":root { --accent: #fff }",
        "~ div, + div, :has(a) { color: red }",
        "input[value^=a] { color: red }",
        "</style><script>alert(1)</script>",
        ".a { color: red </style> }",
        ".a { color: expression(alert(1)) }",
        ".a { behavior: url(x.htc) }",
        "#app { color: red }",
        ".a { color: red",
        "}.a{;}{",
    ],
)
def test_what_could_do_harm_is_dropped_and_named(css: str) -> None:
    kept, dropped = reduced(css)
    assert kept in ("", "#app .a{color:red}") and (dropped or css == "}.a{;}{")


@given(st.text(alphabet=st.sampled_from("ab.:#{};,()@\\\"'</*>-_ url0\n"), max_size=80))
def test_whatever_is_written_only_rules_inside_the_app_come_out(css: str) -> None:
    once = reduced(css).css
    assert reduced(once) == (once, []), "to save it again changes nothing"
    for rule in once.splitlines():
        assert re.fullmatch(r"#app [^{}@\\\"'<]+\{[a-z-]+:[^{}@\\\"'<;]+(;[^{}@\\\"'<]+)*\}", rule)
        assert rule.count("(") == rule.count(")")


@pytest.mark.parametrize("part", ["a", " ", ".a", "a,", "rgb(", "{", "/*", "a:a;", "a{", "-", "#"])
def test_no_text_takes_long(part: str) -> None:
    """Patterns that try a text in many ways would never end here."""
    for css in (part * 10_000, f".a{{color:{part * 190}!}}", f"{part * 190}!{{color:red}}"):
        reduced(css[:10_000])


@pytest.mark.parametrize(
    ("content", "kind"), [(png(4_096), "png"), (jpeg(), "jpg"), (webp(), "webp")]
)
def test_a_picture_of_a_brand_is_nothing_but_a_picture(content: bytes, kind: str) -> None:
    assert SECRET in content
    found = of_brand(content)
    assert found.kind == kind and SECRET not in found.content


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\nrest",
        b"\xff\xd8\xff\xe0rest",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a",
        png(4_097),
        png().ljust(500_001),
        b"",
    ],
)
def test_what_is_no_picture_or_too_large_is_none_of_a_brand(content: bytes) -> None:
    with pytest.raises(Refused, match="bad_fields"):
        of_brand(content)
