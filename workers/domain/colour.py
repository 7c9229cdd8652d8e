"""Colours in OKLCH and sRGB, and the contrast between two of them as WCAG counts it."""

import math
from typing import NamedTuple

Rgb = tuple[float, float, float]
"""Linear light, 0 to 1."""


class Oklch(NamedTuple):
    lightness: float
    chroma: float
    hue: float


def from_hex(text: str) -> Oklch:
    """`#0a7d8c` as OKLCH."""
    red, green, blue = (_linear(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def to_hex(colour: Oklch) -> str:
    """The nearest colour of the same hue and lightness that a screen shows."""
    shown = colour
    while not all(-0.0005 <= part <= 1.0005 for part in _rgb(shown)) and shown.chroma > 0.001:
        shown = shown._replace(chroma=shown.chroma * 0.96)
    return "#" + "".join(f"{round(_gamma(part) * 255):02x}" for part in _rgb(shown))


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(text: str) -> float:
    red, green, blue = (_linear(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: Oklch) -> Rgb:
    angle = math.radians(colour.hue)
    a, b = colour.chroma * math.cos(angle), colour.chroma * math.sin(angle)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    clipped = min(1.0, max(0.0, part))
    if clipped <= 0.0031308:
        return clipped * 12.92
    return float(1.055 * clipped ** (1 / 2.4) - 0.055)
