"""How often one network address may ask in a community: what is counted at the door."""

import re
from typing import Literal
from urllib.parse import unquote

Limit = Literal["GUESSES", "WRITES"]
CODES = re.compile(r"/api/invitations/[^/]+/(preview|accept)")
MINUTE_MS = 60_000


def limit_of(method: str, path: str) -> Limit | None:
    """The limit that a request counts for, by the name of its binding. Who reads is not counted,
    unless it is by a code that could be guessed. `path` is still percent-encoded."""
    path = unquote(path)
    if not path.startswith("/api/") or path.startswith("/api/local/"):
        return None
    if CODES.fullmatch(path):
        return "GUESSES"
    return None if method in ("GET", "HEAD") else "WRITES"


def counted_as(limit: Limit, host: str, sender: str) -> str:
    """One network address in one community."""
    return f"{limit} {host} {sender}"
