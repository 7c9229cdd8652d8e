"""The pages: one shell for every path of the front end, under a strict content security policy."""

from typing import Any
from urllib.parse import urlsplit

from edge.assets import asset

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self';"
    " object-src 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-cache",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


async def page(request: Any, env: Any) -> Any:
    """A file of the front end if the path names one, else its shell, which knows the way itself."""
    address = urlsplit(request.url)
    name = address.path.rsplit("/", 1)[-1]
    path = address.path if "." in name else "/"
    return await asset(env, f"{address.scheme}://{address.netloc}{path}", HEADERS)
