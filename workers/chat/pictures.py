"""The pictures of people, for those of their community alone."""

import re
from typing import Any

from access.asker import asker_of, place_of
from chat.profiles import found, key
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
    place = await place_of(env, request.url, None, writes=False)
    asker = await asker_of(place, request.headers.get("cookie"))
    await asker.may("see_community")
    row = await found(asker, person_id)
    if row["avatar"] != name or row["hidden"]:
        raise Refused("not_found")
    content = await files.get(env.MEDIA, key(person_id, name))
    if content is None:
        raise Refused("not_found")
    return files.answer(content, {**HEADERS, "content-type": TYPES[kind]})
