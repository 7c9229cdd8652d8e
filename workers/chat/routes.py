"""The site map of chat-worker's API."""

from chat import assistant, graphs, healthz, local, rooms, signing_in
from edge.http import new_app

app = new_app("chat-worker")
for part in (healthz, signing_in, rooms, assistant, graphs, local):
    app.include_router(part.router)
