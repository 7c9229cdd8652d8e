"""The pages: one shell for every path of the front end, in the look of the host's community."""

import logging
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment

from access.whereabouts import community_at
from domain import shell
from domain.avatars import TYPES
from edge import files, http, kv
from edge.assets import asset, text
from edge.clock import new_id, new_token
from edge.session import host_of
from schema.refusals import Refused

log = logging.getLogger("pages")
PICTURE = re.compile(r"/branding/([0-9a-f]{64}\.(png|jpg|webp))")
SHELL = Environment(autoescape=True).from_string(
    Path(__file__).with_name("shell.html").read_text("utf-8")
)
HEADERS = {
    "cache-control": "no-cache",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
CLOSED = "default-src 'none'; frame-ancestors 'none'; sandbox"
FOREVER = "public, max-age=31536000, immutable"


async def page(request: Any, env: Any) -> Any:
    """A picture of a brand, the manifest, or a file of the front end if the path names one; else
    its shell, which knows the way itself."""
    if http.method_of(request) not in ("GET", "HEAD"):
        return await http.refuse(request, Refused("method_not_allowed"), new_id(), "GET, HEAD")
    address = urlsplit(request.url)
    origin = f"{address.scheme}://{address.netloc}"
    if found := PICTURE.fullmatch(address.path):
        return await picture(env, host_of(request.url), found[1], found[2])
    if address.path == "/manifest.webmanifest":
        seen = await facade(env, host_of(request.url))
        headers = {**HEADERS, "content-type": "application/manifest+json"}
        return http.answer(shell.manifest(seen).encode(), 200, headers)
    if address.path.startswith("/assets/"):  # here alone: in production the platform answers these
        return await http.hand_on(request, env.ASSETS)
    if "." in address.path.rsplit("/", 1)[-1]:
        closed = {**HEADERS, "content-security-policy": shell.policy(new_token())}
        return await asset(env, origin + address.path, closed)
    return await whole(env, origin, await facade(env, host_of(request.url)))


async def whole(env: Any, origin: str, seen: shell.Facade) -> Any:
    nonce = new_token()
    html = SHELL.render(
        vars(seen),
        origin=origin,
        nonce=nonce,
        made=shell.made(await text(env, f"{origin}/"), nonce),
        style=shell.styles(seen),
    )
    headers = {
        **HEADERS,
        "content-security-policy": shell.policy(nonce),
        "content-type": "text/html; charset=utf-8",
    }
    return http.answer(html.encode(), 200 if seen.known else 404, headers)


async def facade(env: Any, host: str) -> shell.Facade:
    """How this host looks. A fault costs the look, never the page."""
    try:
        here = await community_at(env, host)
        return shell.facade(here.name, here.description, here.brand)
    except Refused:
        if host == env.PLATFORM_HOST:
            return shell.Facade()
        return shell.foreign(await elsewhere(env, host))
    except Exception:
        log.exception("the look of %s is not known", host)
        return shell.Facade()


async def elsewhere(env: Any, host: str) -> Any:
    """What the wider platform says of a host that is no community of ours; only read."""
    configs = getattr(env, "SITE_CONFIGS", None)
    try:
        return await kv.read(configs, f"site-config:{host[:253]}") if configs else None
    except Exception:
        log.exception("the site config of %s cannot be read", host)
        return None


async def picture(env: Any, host: str, name: str, kind: str) -> Any:
    """A picture of this host's community, and of no other."""
    here = await community_at(env, host)
    content = await files.get(env.MEDIA, f"branding/{here.community_id}/{name}")
    if content is None:
        raise Refused("not_found")
    headers = {"cache-control": FOREVER, "content-type": TYPES[kind]}
    return http.answer(content, 200, {**HEADERS, "content-security-policy": CLOSED, **headers})
