"""Where a request goes: to a room's socket, to the API, or to the pages."""

import re
from typing import Any
from urllib.parse import urlsplit

from chat import pages, sockets
from chat.routes import app
from edge import http
from edge.clock import new_id
from schema.refusals import Refused

SOCKET = re.compile(r"^/api/rooms/([^/]+)/socket$")


async def open_for(request: Any, env: Any) -> Any:
    path = urlsplit(request.url).path
    if room := SOCKET.match(path):
        try:
            return await sockets.open_room(request, env, room[1])
        except Refused as no:
            return http.plain_problem(no, new_id())
    if path == "/healthz" or path.startswith("/api/"):
        return await http.serve(app, request, env)
    return await pages.page(request, env)
