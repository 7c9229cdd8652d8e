"""Where a request goes: to a room's socket, to an API (ours, another worker's) or to the pages."""

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from access import whereabouts
from access.asker import place_of
from chat import pages, pictures, readmitting, sockets
from chat.routes import app
from domain import local_routes
from edge import http, limits
from edge.clock import new_id
from edge.session import host_of
from schema.refusals import Refused

log = logging.getLogger("front_door")
SOCKET = re.compile(r"^/api/rooms/([^/]+)/socket$")
OF_COMMUNITY_WORKER = re.compile(r"^/api/(community|communities)(/|$)")


async def open_for(request: Any, env: Any) -> Any:
    request_id = new_id()
    try:
        return await way(request, env)
    except Refused as no:
        return await http.refuse(request, no, request_id)
    except Exception:
        log.exception("request %s broke: %s", request_id, urlsplit(request.url).path)
        return await http.refuse(request, Refused("broken"), request_id)


async def way(request: Any, env: Any) -> Any:
    path = urlsplit(request.url).path
    if local_routes.absent(path, host_of(request.url), env.STAGE):
        raise Refused("not_found")
    await limits.check(request, env, path, host_of(request.url))
    if room := SOCKET.match(path):
        return await sockets.open_room(request, env, room[1])
    if OF_COMMUNITY_WORKER.match(path):
        return await of_community(request, env)
    if path == "/healthz" or (path.startswith("/api/") and path != "/api/docs"):
        return await http.serve(app, request, env)
    if path.startswith("/avatars/") and (picture := pictures.PATH.match(path)):
        return await pictures.avatar(request, env, picture)
    return await pages.page(request, env)


async def of_community(request: Any, env: Any) -> Any:
    """community-worker's answer. What changed there is read anew here, and the rooms hear of it."""
    answer = await http.hand_on(request, env.COMMUNITY)
    if http.method_of(request) not in ("GET", "HEAD"):
        whereabouts.forget()
    if whose := answer.headers.get(http.RIGHTS_CHANGED):
        place = await place_of(env, request.url, None, writes=False)
        if whose == http.EVERYBODY:
            await readmitting.everybody(place)
        else:
            await readmitting.person(place, whose.removeprefix(http.of_person("")))
    return answer
