"""How often one network address, and one person, may ask in a community: what is counted."""

import re
from typing import Literal
from urllib.parse import unquote

Limit = Literal["GUESSES", "WRITES"]
PERSONS = "PERSONS"
"""The limit of one person's writes, whatever addresses and devices they come from."""
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


def counts_for_person(method: str) -> bool:
    """Who reads is not counted."""
    return method not in ("GET", "HEAD")


def person_counted_as(community_id: str, person_id: str) -> str:
    """One person in one community."""
    return f"{PERSONS} {community_id} {person_id}"
