"""A brand's one colour, made readable on our paper in light and dark; ink and paper stay."""

from dataclasses import dataclass

from domain.colour import Oklch, contrast, from_hex, to_hex

TEXT = 4.5
STEP = 0.005
STRONGER = 0.07
# What the accent stands on (frontend/src/styles/tokens.css): the ground nearest to it.
GROUND_LIGHT = to_hex(Oklch(0.945, 0.008, 95))
GROUND_DARK = to_hex(Oklch(0.255, 0.018, 255))
WASH_LIGHT = Oklch(0.95, 0.02, 0)
WASH_DARK = Oklch(0.28, 0.03, 0)


@dataclass(frozen=True)
class Tints:
    """The colours of one theme, as `#rrggbb`."""

    accent: str
    accent_strong: str
    accent_wash: str


@dataclass(frozen=True)
class Look:
    light: Tints
    dark: Tints


def look(accent: str) -> Look:
    """The tints nearest to a brand's colour that can be read wherever an accent stands."""
    brand = from_hex(accent)
    return Look(
        _tints(brand, WASH_LIGHT, GROUND_LIGHT, -STEP), _tints(brand, WASH_DARK, GROUND_DARK, STEP)
    )


def style(accent: str) -> str:
    """The tints as CSS. Twice the root, to count before our own tokens."""
    found = look(accent)
    tokens = "".join(
        f"--{name.replace('_', '-')}:light-dark({light},{getattr(found.dark, name)});"
        for name, light in vars(found.light).items()
    )
    return f":root:root{{{tokens}}}"


def _tints(brand: Oklch, wash: Oklch, ground: str, step: float) -> Tints:
    behind = wash._replace(hue=brand.hue, chroma=min(brand.chroma, wash.chroma))
    grounds = (ground, to_hex(behind))
    accent = brand
    while any(contrast(to_hex(accent), other) < TEXT for other in grounds):
        accent = accent._replace(lightness=accent.lightness + step)
    strong = accent.lightness + (STRONGER if step > 0 else -STRONGER)
    return Tints(
        to_hex(accent),
        to_hex(accent._replace(lightness=min(0.97, max(0.15, strong)))),
        to_hex(behind),
    )
