"""CSS of a community, reduced to what can do no harm: our own list of properties, inside the app.

What comes out is written anew from parts that each match a narrow pattern, with no `@`, no
backslash, no quote and no `<` in it, so that a browser reads exactly what was checked here.
"""

import re
from typing import NamedTuple

COMMENT = re.compile(r"/\*.*?(\*/|$)", re.S)
PART = r"(?:\.?[A-Za-z][\w-]*|\*)(?:\.[A-Za-z][\w-]*)*"
STATE = r"(?::(?:hover|focus|focus-visible|active|disabled|checked|first-child|last-child))*"
SELECTOR = re.compile(rf"{PART}{STATE}(?:(?: ?[>+~] ?| ){PART}{STATE}){{0,6}}", re.A)
PROPERTIES = re.compile(
    "color|background|background-(?:color|image|size|position|repeat)|"
    "border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?|border-radius|box-shadow|"
    "font-(?:size|weight|style|variant-numeric)|letter-spacing|line-height|text-(?:align|"
    "transform|decoration|decoration-color|shadow)|padding(?:-(?:top|right|bottom|left))?|gap"
)
FUNCTION = "rgb|rgba|hsl|hsla|oklch|oklab|color-mix|light-dark|linear-gradient|var"
PICTURE = r"url\(/branding/[0-9a-f]{64}\.(?:png|jpg|webp)\)"
WORD = r"[A-Za-z0-9#.%+-][\w#.%+-]*+"
FLAT = rf"(?:{WORD}|[\s,/])*+"
INNER = rf"(?:{FUNCTION})\({FLAT}\)"
VALUE = re.compile(
    rf"(?:{PICTURE}|(?:{FUNCTION})\((?:{INNER}|{WORD}|[\s,/])*+\)|{WORD}|[\s,/])++", re.A
)
VALUE_LENGTH = 200


class Reduced(NamedTuple):
    """What is left, and what was taken away, for whoever wrote it."""

    css: str
    dropped: list[str]


def reduced(css: str) -> Reduced:
    """Rules of known properties for elements of the app; everything else is dropped."""
    kept: list[str] = []
    dropped: list[str] = []
    *rules, rest = COMMENT.sub(" ", css).split("}")
    for rule in rules:
        before, _, inside = rule.partition("{")
        selectors = [_inside(" ".join(one.split()), dropped) for one in before.split(",")]
        declarations = [_declared(one.strip(), dropped) for one in inside.split(";")]
        chosen, said = [s for s in selectors if s], [d for d in declarations if d]
        if chosen and said:
            kept.append(f"{','.join(chosen)}{{{';'.join(said)}}}")
    return Reduced("\n".join(kept), [one for one in (*dropped, rest.strip()) if one])


def _inside(selector: str, dropped: list[str]) -> str:
    """The selector below the root of the app, or nothing. What came out once comes in again."""
    selector = selector.removeprefix("#app ")
    if len(selector) <= VALUE_LENGTH and SELECTOR.fullmatch(selector):
        return f"#app {selector}"
    dropped.append(selector)
    return ""


def _declared(declaration: str, dropped: list[str]) -> str:
    if not declaration:
        return ""
    name, _, value = (part.strip() for part in declaration.partition(":"))
    fits = len(value) <= VALUE_LENGTH and VALUE.fullmatch(value)
    if PROPERTIES.fullmatch(name) and fits:
        return f"{name}:{' '.join(value.split())}"
    dropped.append(declaration)
    return ""
