"""The site map of chat-worker's API."""

from chat import api_description, assistant, graphs, healthz, local, people, rooms, signing_in
from edge.http import new_app

app = new_app("chat-worker")
for part in (api_description, healthz, signing_in, people, rooms, assistant, graphs, local):
    app.include_router(part.router)
