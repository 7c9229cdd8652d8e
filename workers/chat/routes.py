"""The site map of chat-worker's API."""

from chat import (
    api_tokens,
    assistant,
    devices,
    email_changes,
    graphs,
    healthz,
    local,
    people,
    profiles,
    rooms,
    signing_in,
    signing_in_elsewhere,
    socket_tickets,
)
from edge.http import new_app

WHO = (
    signing_in,
    signing_in_elsewhere,
    devices,
    email_changes,
    profiles,
    people,
    socket_tickets,
    api_tokens,
)

app = new_app("chat-worker")
for part in (healthz, *WHO, rooms, assistant, graphs, local):
    app.include_router(part.router)
