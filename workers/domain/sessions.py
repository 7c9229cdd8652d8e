"""A session: one browser, signed in at one host. It rolls with its use, up to an end that stays."""

from dataclasses import dataclass

from schema.ids import Millis

SESSION_MS = 30 * 24 * 3_600_000
SESSION_MOST_MS = 180 * 24 * 3_600_000
ROLLED_EVERY_MS = 3_600_000


@dataclass(frozen=True)
class Session:
    """A session as it is stored: its token only as a hash."""

    id: str
    token_hash: str
    person_id: str
    host: str
    user_agent: str
    address: str
    created_at: Millis
    expires_at: Millis
    ends_at: Millis


def begin(
    name: str,
    token_hash: str,
    person_id: str,
    host: str,
    user_agent: str,
    address: str,
    now: Millis,
    first_ends: Millis | None = None,
) -> Session:
    """A new session of a browser that says what it is, at a network address; `name` is its id. One
    that was handed over ends with the first of its chain, or before it."""
    most = now + SESSION_MOST_MS
    ends_at = most if first_ends is None else min(first_ends, most)
    expires_at = min(now + SESSION_MS, ends_at)
    return Session(
        name, token_hash, person_id, host, user_agent[:300], address, now, expires_at, ends_at
    )


def rolled(used_at: Millis, ends_at: Millis, now: Millis) -> Millis | None:
    """When a session that is used now will expire; None while its last use is too near to count."""
    if now - used_at < ROLLED_EVERY_MS:
        return None
    return min(now + SESSION_MS, ends_at)


def over(until: float | None, now: Millis) -> bool:
    """Whether what opened a socket has ended, as far as was known when it opened."""
    return until is not None and until <= now


# What stands in a user agent, the telling ones first: Edge calls itself Chrome and Safari too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """A browser as people call it: `Firefox on Linux`."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "An unknown browser"
