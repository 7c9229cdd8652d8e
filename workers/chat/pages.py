"""The pages: one shell for every path of the front end, under a strict content security policy."""

from typing import Any
from urllib.parse import urlsplit

from edge import http
from edge.assets import asset
from edge.clock import new_id
from schema.refusals import Refused

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self';"
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
    if request.method not in ("GET", "HEAD"):
        return await http.refuse(request, Refused("method_not_allowed"), new_id(), "GET, HEAD")
    address = urlsplit(request.url)
    name = address.path.rsplit("/", 1)[-1]
    path = address.path if "." in name else "/"
    return await asset(env, f"{address.scheme}://{address.netloc}{path}", HEADERS)
