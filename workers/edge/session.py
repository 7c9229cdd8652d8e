"""The cookies of a browser, and where a request came from."""

import hashlib
import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from domain.sessions import SESSION_MOST_MS
from domain.signing_in import LINK_MS

COOKIE = "__Host-session"
BROWSER = "__Host-sign-in"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def hashed(token: str) -> str:
    """What we store of a secret. It has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_in(cookies: str | None) -> str | None:
    """The session token of a `Cookie` header."""
    return _value(cookies, COOKIE)


def browser_in(cookies: str | None) -> str | None:
    """What this browser keeps between asking for a link and using it."""
    found = _value(cookies, BROWSER)
    return found if found and SECRET.fullmatch(found) else None


def cookie(token: str) -> str:
    """A `Set-Cookie` value; an empty token signs out. The server knows when a session expires:
    the browser keeps it for the longest time that one may last."""
    return _set(COOKIE, token, SESSION_MOST_MS // 1000 if token else 0)


def browser_cookie(secret: str) -> str:
    return _set(BROWSER, secret, LINK_MS // 1000)


def _value(cookies: str | None, name: str) -> str | None:
    try:
        found = SimpleCookie(cookies or "").get(name)
    except CookieError:
        return None
    return found.value if found else None


def _set(name: str, value: str, age: int) -> str:
    """`__Host-` binds it to this very host."""
    return f"{name}={value}; Path=/; Max-Age={age}; HttpOnly; Secure; SameSite=Lax"


def host_of(url: str) -> str:
    """The host name that was asked, without its port."""
    return (urlsplit(url).hostname or "").lower()


def same_origin(origin: str | None, url: str) -> bool:
    """Browsers always name the origin of a socket and of a write; other clients need not."""
    try:
        return origin is None or urlsplit(origin).netloc.lower() == urlsplit(url).netloc.lower()
    except ValueError:  # brackets that hold no address
        return False
