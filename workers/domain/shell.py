"""The page around the front end, in the look of its community."""

import json
import re
from dataclasses import dataclass

from domain.avatars import TYPES
from domain.look import look, style

MADE = re.compile(
    r'<script type="module"[^>]*></script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>'
)
PAPER = "#fbfaf7"
HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Facade:
    """What a page shows of a community before anything of it runs."""

    title: str = "Vegvisr"
    description: str = ""
    accent: str = ""
    css: str = ""
    logo: str = ""
    icon: str = ""
    known: bool = True


def facade(name: str, description: str, brand: dict[str, str]) -> Facade:
    return Facade(
        title=brand.get("title") or name,
        description=description,
        accent=brand.get("accent", ""),
        css=brand.get("css", ""),
        logo=picture(brand.get("logo", "")),
        icon=picture(brand.get("icon", "")),
    )


def picture(name: str) -> str:
    """Where a picture of a brand lives at its own host."""
    return f"/branding/{name}" if name else ""


def foreign(config: object) -> Facade:
    """The look of a host that is no community of ours, from the platform's `site-config`: of that,
    which others write, its title and colour alone."""
    found = config.get("branding") if isinstance(config, dict) else None
    brand = found if isinstance(found, dict) else {}
    theme = brand.get("theme")
    accent = theme.get("primaryColor") if isinstance(theme, dict) else None
    title = brand.get("siteTitle") or brand.get("site_title") or brand.get("mySite")
    return Facade(
        title=title[:80] if isinstance(title, str) else "Vegvisr",
        accent=accent if isinstance(accent, str) and HEX.fullmatch(accent) else "",
        known=False,
    )


def made(index: str, nonce: str) -> str:
    """The scripts and styles that the built page names, with a nonce."""
    tags = MADE.findall(index)
    return "\n    ".join(tag.replace("<script ", f'<script nonce="{nonce}" ', 1) for tag in tags)


def styles(seen: Facade) -> str:
    return (style(seen.accent) if seen.accent else "") + seen.css


def policy(nonce: str) -> str:
    """Nothing but our own, and no script or style in the page without this answer's nonce."""
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}';"
        " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
        " form-action 'self'; object-src 'none'"
    )


def manifest(seen: Facade) -> str:
    icon = seen.icon or "/favicon.svg"
    kind = TYPES.get(icon.rsplit(".", 1)[-1], "image/svg+xml")
    return json.dumps(
        {
            "name": seen.title,
            "short_name": seen.title[:30],
            "description": seen.description,
            "start_url": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": look(seen.accent).light.accent if seen.accent else PAPER,
            "icons": [{"src": icon, "type": kind, "sizes": "any"}],
        }
    )
