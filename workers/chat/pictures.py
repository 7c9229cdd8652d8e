"""The pictures of people, for those of their community alone."""

import re
from typing import Any

from access.asker import inside
from access.ground import ground_of, traveller_of
from chat.profiles import check, found, key, own
from domain.avatars import TYPES
from edge import files, http
from edge.clock import new_id
from schema.refusals import Refused

PATH = re.compile(r"^/avatars/([A-Za-z0-9_-]{1,64})/([A-Za-z0-9-]{1,64}\.(png|jpg|webp))$")
HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-disposition": "inline",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


async def avatar(request: Any, env: Any, path: re.Match[str]) -> Any:
    """Refuses: not_signed_in, not_found, method_not_allowed."""
    if http.method_of(request) not in ("GET", "HEAD"):
        return await http.refuse(request, Refused("method_not_allowed"), new_id(), "GET, HEAD")
    person_id, name, kind = path.groups()
    ground = await ground_of(env, request.url, None, writes=False)
    who = await traveller_of(ground, request.headers.get("cookie"))
    await check(who)
    row = await (own(who) if person_id == who.person["id"] else found(inside(who), person_id))
    if row["avatar"] != name or row["hidden"]:
        raise Refused("not_found")
    content = await files.get(env.MEDIA, key(person_id, name))
    if content is None:
        raise Refused("not_found")
    return files.answer(content, {**HEADERS, "content-type": TYPES[kind]})
