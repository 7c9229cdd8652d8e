"""Personal access tokens: which scope a request needs. What is not named here is not for tokens:
no token reads or changes who somebody is, their sessions, their tokens or how a community is run.
"""

import re

from schema.ids import Millis
from schema.refusals import Refused

TOKEN_BEGINS = "vgr_"
TOKENS_AT_ONCE = 20
USE_COUNTS_MS = 60_000

AREAS = {
    "rooms": "rooms",
    "socket-tickets": "rooms",
    "graphs": "graphs",
    "people": "people",
    "faces": "people",
    "assistant": "assistant",
}
RIGHTS = re.compile(r"/api/rooms/[^/]+/(permissions(/|$)|members/)")
"""Who may do what in a room."""


def needed(method: str, path: str) -> str | None:
    """The scope that a request needs; None: no token may ask this."""
    if path == "/api/me":
        return "people:read"
    read = method in ("GET", "HEAD")
    if RIGHTS.match(path) and method != "DELETE":
        return None
    area = AREAS.get(path.removeprefix("/api/").split("/")[0]) if path[:5] == "/api/" else None
    if area is None:
        return None
    return f"{area}:{'read' if read else 'write'}"


def check(scopes: list[str], method: str, path: str) -> None:
    """Refuses: out_of_scope."""
    scope = needed(method, path)
    if scope is None:
        raise Refused("out_of_scope", "No token may ask this: sign in with a browser.")
    if scope not in scopes:
        raise Refused("out_of_scope", f"This token has no scope {scope}.")


def counts(used_at: Millis | None, now: Millis) -> bool:
    """Whether this use is noted: at most once a minute."""
    return used_at is None or now - used_at >= USE_COUNTS_MS
