"""The session cookie, and where a request came from."""

import hashlib
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from domain.sessions import SESSION_MS

COOKIE = "__Host-session"


def hashed(token: str) -> str:
    """What we store of a secret. It has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_in(cookies: str | None) -> str | None:
    """The session token of a `Cookie` header."""
    try:
        found = SimpleCookie(cookies or "").get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def cookie(token: str) -> str:
    """A `Set-Cookie` value; an empty token signs out. `__Host-` binds it to this very host."""
    age = SESSION_MS // 1000 if token else 0
    return f"{COOKIE}={token}; Path=/; Max-Age={age}; HttpOnly; Secure; SameSite=Lax"


def host_of(url: str) -> str:
    """The host name that was asked, without its port."""
    return (urlsplit(url).hostname or "").lower()


def same_origin(origin: str | None, url: str) -> bool:
    """Browsers always name the origin of a socket and of a write; other clients need not."""
    return origin is None or urlsplit(origin).netloc.lower() == urlsplit(url).netloc.lower()
