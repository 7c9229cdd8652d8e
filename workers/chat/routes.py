"""The site map of chat-worker's API."""

from chat import (
    api_description,
    api_tokens,
    assistant,
    audit_log,
    bans,
    devices,
    email_changes,
    graphs,
    hand_overs,
    healthz,
    held,
    invitations,
    joining,
    local,
    members,
    permissions,
    profiles,
    reviews,
    room_members,
    rooms,
    safety,
    signing_in,
    signing_in_elsewhere,
    socket_tickets,
)
from edge.http import new_app

SIGNING_IN = (signing_in, signing_in_elsewhere, hand_overs)
WHO = (devices, email_changes, profiles, socket_tickets)
YOURS = (api_tokens, safety)
WAYS_IN = (invitations, joining)
PEOPLE = (members, bans, room_members, permissions, audit_log, reviews)
TALK = (rooms, held, assistant, graphs)
ALL = (*SIGNING_IN, *WHO, *YOURS, *WAYS_IN, *PEOPLE, *TALK)

app = new_app("chat-worker")
for part in (api_description, healthz, *ALL, local):
    app.include_router(part.router)
