"""Sign-in links: single use, a quarter of an hour, for the host and the browser that asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlencode, urlsplit

from domain import naming
from schema.ids import Millis
from schema.refusals import Refused

LINK_MS = 15 * 60_000
LINKS_AT_ONCE = 5
LINKS_FROM_ALL = 20
LINKS_AN_HOUR = 60


@dataclass(frozen=True)
class Link:
    """A link as it is stored: its token only as a hash, which found it.

    `browser` is the hash of a secret that the browser which asked keeps in a cookie.
    """

    email: str
    host: str
    browser: str
    expires_at: Millis
    used_at: Millis | None


def use(link: Link | None, host: str, browser: str | None, now: Millis) -> str:
    """The e-mail address that the link proves. Refuses: link_not_valid."""
    if link is None or link.used_at is not None or link.host != host or link.expires_at <= now:
        raise Refused("link_not_valid")
    if browser is None or link.browser != browser:
        detail = "Open this link in the browser that asked for it, or ask for a new one here."
        raise Refused("link_not_valid", detail)
    return link.email


def sender(headers: Mapping[str, str]) -> str:
    """Who asks, as far as the network knows: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ip_address(headers.get("cf-connecting-ip") or "")
    except ValueError:
        return "unknown"
    whole = isinstance(found, IPv4Address)
    return str(found) if whole else str(ip_network((int(found), 64), strict=False))


def name_from(email: str) -> str:
    """A name to begin with for somebody new: `kari.nordmann@…` is Kari Nordmann."""
    words = email.split("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
    name = naming.shown(" ".join(word[:1].upper() + word[1:] for word in words))
    return name[: naming.NAME_LENGTH].rstrip() if naming.key(name) else "Somebody new"


def site(url: str, host: str, stage: str) -> str:
    """The address of the host that was asked; a port is of a developer's machine only."""
    asked = urlsplit(url)
    return f"{asked.scheme}://{asked.netloc}" if stage == "local" else f"https://{host}"


def page(url: str, host: str, stage: str) -> str:
    """The sign-in page of the host that was asked."""
    return f"{site(url, host, stage)}/sign-in"


def address(page: str, token: str, next_path: str) -> str:
    """Where the link leads: a page with one button, so that mail scanners do not use it up.

    The token stands behind the `#`, which no browser sends and so no server logs.
    """
    return f"{page}#{urlencode({'token': token, 'next': next_path})}"


def letter(community: str, link: str) -> tuple[str, str]:
    """Subject and text of the mail."""
    text = (
        f"Open this link to sign in to {community}:\n\n{link}\n\n"
        "It works once, within 15 minutes, in the browser where you asked for it."
        " If you did not ask for it, ignore this mail."
    )
    return f"Sign in to {community}", text
