"""Where a request goes: to a room's socket, to the API, or to the pages."""

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from chat import pages, sockets
from chat.routes import app
from domain import local_routes
from edge import http, limits
from edge.clock import new_id
from edge.session import host_of
from schema.refusals import Refused

log = logging.getLogger("front_door")
SOCKET = re.compile(r"^/api/rooms/([^/]+)/socket$")


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
    if path == "/healthz" or path.startswith("/api/"):
        return await http.serve(app, request, env)
    return await pages.page(request, env)
