"""The site map of chat-worker's API."""

from chat import (
    assistant,
    graphs,
    healthz,
    invitations,
    joining,
    local,
    people,
    rooms,
    safety,
    signing_in,
)
from edge.http import new_app

app = new_app("chat-worker")
for part in (
    healthz,
    signing_in,
    people,
    safety,
    invitations,
    joining,
    rooms,
    assistant,
    graphs,
    local,
):
    app.include_router(part.router)
