"""The site map of chat-worker's API."""

from chat import (
    assistant,
    audit_log,
    bans,
    graphs,
    healthz,
    local,
    members,
    people,
    permissions,
    room_members,
    rooms,
    signing_in,
)
from edge.http import new_app

app = new_app("chat-worker")
PARTS = (
    *(healthz, signing_in, people, members, bans, rooms, room_members),
    *(permissions, audit_log, assistant, graphs, local),
)
for part in PARTS:
    app.include_router(part.router)
