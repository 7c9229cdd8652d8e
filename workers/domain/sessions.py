"""A session: one browser, signed in at one host. It rolls with its use, up to an end that stays."""

from dataclasses import dataclass

from schema.ids import Millis

SESSION_MS = 30 * 24 * 3_600_000
SESSION_MOST_MS = 180 * 24 * 3_600_000


@dataclass(frozen=True)
class Session:
    """A session as it is stored: its token only as a hash."""

    token_hash: str
    person_id: str
    host: str
    user_agent: str
    address: str
    created_at: Millis
    expires_at: Millis
    ends_at: Millis


def begin(
    token_hash: str, person_id: str, host: str, user_agent: str, address: str, now: Millis
) -> Session:
    """A new session of a browser that says what it is, at a network address."""
    expires_at, ends_at = now + SESSION_MS, now + SESSION_MOST_MS
    return Session(token_hash, person_id, host, user_agent[:300], address, now, expires_at, ends_at)
