"""Sign-in links: single use, a quarter of an hour, for the host that asked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from schema.ids import Millis
from schema.refusals import Refused

LINK_MS = 15 * 60_000
LINKS_AT_ONCE = 5
SESSION_MS = 30 * 24 * 3_600_000


@dataclass(frozen=True)
class Link:
    """A link as it is stored: its token only as a hash, which found it."""

    email: str
    host: str
    expires_at: Millis
    used_at: Millis | None


def use(link: Link | None, host: str, now: Millis) -> str:
    """The e-mail address that the link proves. Refuses: link_not_valid."""
    if link is None or link.used_at is not None or link.host != host or link.expires_at <= now:
        raise Refused("link_not_valid")
    return link.email


def may_send(open_links: int) -> bool:
    """Whether one more mail goes out; the answer to the person is the same either way."""
    return open_links < LINKS_AT_ONCE


def name_from(email: str) -> str:
    """A first name to show for somebody new: `kari.nordmann@…` is Kari Nordmann."""
    words = email.split("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)[:80] or "Somebody new"


def address(page: str, token: str, next_path: str) -> str:
    """Where the link leads: a page with one button, so that mail scanners do not use it up."""
    return f"{page}?{urlencode({'token': token, 'next': next_path})}"


def letter(community: str, link: str) -> tuple[str, str]:
    """Subject and text of the mail."""
    text = (
        f"Open this link to sign in to {community}:\n\n{link}\n\n"
        "It works once, within 15 minutes. If you did not ask for it, ignore this mail."
    )
    return f"Sign in to {community}", text
