"""What the document names and nobody outside can provoke, each with the reason."""

NOBODY = "every role has this verb, and nothing that can be asked for takes it away yet"
LATER = (
    "write_directly",
    "edit_domains",
    "delete_community",
    "share_file",
    "mention_everyone",
    "pin_message",
    "remove_message",
    "edit_room",
    "archive_room",
)
OF_EVERYBODY = (
    "GET /api/me/profile",
    "PATCH /api/me/profile",
    "PUT /api/me/avatar",
    "DELETE /api/me/avatar",
    "GET /api/people/{person_id}",
    "GET /api/faces",
)
AT_ONCE = "two people would have to change the same one within a millisecond"
CHANGES = (
    "PATCH /api/members/{person_id}",
    "DELETE /api/members/{person_id}",
    "POST /api/members/{person_id}/ban",
    "POST /api/members/{person_id}/make-owner",
    "PATCH /api/rooms/{room_id}/members/{person_id}",
)
UNCONNECTED = "a developer's machine is not connected to Vegvisr"
OUT_OF_REACH = {
    "route POST /api/sign-in/vegvisr": UNCONNECTED,
    "route POST /api/sign-in/vegvisr/link": UNCONNECTED,
    "answer POST /api/sign-in/vegvisr refuses link_not_valid": UNCONNECTED,
    "answer POST /api/sign-in/vegvisr refuses banned": UNCONNECTED,
    "refusal broken": "it is a fault of ours; the client fails a test whenever it meets one",
    "refusal ai_unavailable": "the assistant of a developer's machine is built in and answers",
    "answer POST /api/rooms/{room_id}/catch-up refuses ai_unavailable": "as `ai_unavailable`",
    "answer POST /api/assistant/moderate refuses ai_unavailable": "as `ai_unavailable`",
    **{f"answer {way} refuses version_conflict": AT_ONCE for way in CHANGES},
    **{f"answer {route} refuses not_allowed": NOBODY for route in OF_EVERYBODY},
    **{f"verb {verb}": "no route asks for it yet" for verb in LATER},
    "number USE_COUNTS_MS": "nobody waits for a minute",
    "number LINKS_FROM_ALL": "a client has one network address",
    "number HIDDEN_MOST": "nobody is blocked by five hundred people in a small community",
    "number ROLLED_EVERY_MS": "nobody waits for an hour",
    "number SESSION_MOST_MS": "nobody waits for half a year",
    "close 4002": "nobody waits for a session to end by itself",
    "close any other": "a broken line, a deploy or a restart is not in a client's hand",
    "limit Ping 25": "advice to a client, which the server cannot hold it to",
    "limit Typing 3": "advice to a client, which the server cannot hold it to",
}
