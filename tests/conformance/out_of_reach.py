"""What the document names and nobody outside can provoke, each with the reason."""

OUT_OF_REACH = {
    "refusal broken": "it is a fault of ours; the client fails a test whenever it meets one",
    "refusal ai_unavailable": "the assistant of a developer's machine is built in and answers",
    "answer POST /api/rooms/{room_id}/catch-up refuses ai_unavailable": "as `ai_unavailable`",
    "answer POST /api/assistant/moderate refuses ai_unavailable": "as `ai_unavailable`",
    "close any other": "a broken line, a deploy or a restart is not in a client's hand",
    "limit Ping 25": "advice to a client, which the server cannot hold it to",
    "limit Typing 3": "advice to a client, which the server cannot hold it to",
}
