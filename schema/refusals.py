"""The closed list of reasons for saying no, and the one exception that carries them."""

from typing import Literal, NamedTuple, get_args

Code = Literal[
    "not_signed_in",
    "link_not_valid",
    "ticket_not_valid",
    "invitation_not_valid",
    "wrong_origin",
    "not_allowed",
    "out_of_scope",
    "banned",
    "join_first",
    "guidelines_first",
    "too_new",
    "community_not_found",
    "room_not_found",
    "member_not_found",
    "graph_not_found",
    "not_found",
    "method_not_allowed",
    "name_taken",
    "version_conflict",
    "key_reused",
    "not_json",
    "not_text",
    "not_a_picture",
    "unknown_type",
    "bad_fields",
    "frame_too_large",
    "body_too_large",
    "empty_message",
    "too_long",
    "filtered",
    "held",
    "declined",
    "withdrawn",
    "already_decided",
    "too_fast",
    "ai_unavailable",
    "broken",
]


class Meaning(NamedTuple):
    """What a code means over HTTP, and the plain sentence that a person may read."""

    status: int
    sentence: str


MEANINGS: dict[Code, Meaning] = {
    "not_signed_in": Meaning(401, "Sign in first."),
    "link_not_valid": Meaning(410, "This link was used or has expired. Ask for a new one."),
    "ticket_not_valid": Meaning(410, "This ticket was used or has expired. Ask for a new one."),
    "invitation_not_valid": Meaning(
        410, "This invitation is not valid, or not any more. Ask for a new one."
    ),
    "wrong_origin": Meaning(403, "This request came from another site."),
    "not_allowed": Meaning(403, "Your role here does not include this."),
    "out_of_scope": Meaning(403, "This token does not reach so far."),
    "banned": Meaning(403, "You are banned from this community."),
    "join_first": Meaning(403, "Join the room first."),
    "guidelines_first": Meaning(403, "Read and accept the guidelines of this community first."),
    "too_new": Meaning(403, "You are new here. You can do this later."),
    "community_not_found": Meaning(404, "No community lives at this address."),
    "room_not_found": Meaning(404, "There is no such room, or you may not see it."),
    "member_not_found": Meaning(404, "There is no such person here."),
    "graph_not_found": Meaning(404, "There is no such graph, or you may not see it."),
    "not_found": Meaning(404, "There is nothing at this address."),
    "method_not_allowed": Meaning(405, "This address does not take that method."),
    "name_taken": Meaning(409, "That name is taken here. Choose another one."),
    "version_conflict": Meaning(409, "Somebody changed it meanwhile. Load it again."),
    "key_reused": Meaning(409, "This Idempotency-Key was used for another request."),
    "not_json": Meaning(400, "This is not valid JSON."),
    "not_text": Meaning(400, "Send text frames, not binary ones."),
    "not_a_picture": Meaning(415, "Send a PNG, JPEG or WebP picture."),
    "unknown_type": Meaning(400, "There is no command of this type."),
    "bad_fields": Meaning(422, "Some fields are missing, unknown or of the wrong kind."),
    "frame_too_large": Meaning(413, "This frame is larger than a frame may be."),
    "body_too_large": Meaning(413, "This request is larger than a request may be."),
    "empty_message": Meaning(422, "There is nothing to send."),
    "too_long": Meaning(422, "This is longer than it may be. Shorten it or send it in parts."),
    "filtered": Meaning(422, "This community does not want to read that."),
    "held": Meaning(409, "A moderator looks at this first. It is posted when they let it in."),
    "declined": Meaning(409, "A moderator did not let this in."),
    "withdrawn": Meaning(409, "You took this back before a moderator decided."),
    "already_decided": Meaning(409, "A moderator has decided on this already."),
    "too_fast": Meaning(429, "That was fast. Wait a moment and try again."),
    "ai_unavailable": Meaning(503, "The assistant does not answer right now. Try again later."),
    "broken": Meaning(500, "Something broke on our side. Try again."),
}

CODES: tuple[Code, ...] = get_args(Code)


class Refused(Exception):
    """A clear no. `detail` is for the person who asked; `retry_after_ms`: when a retry may work."""

    def __init__(self, code: Code, detail: str | None = None, retry_after_ms: int | None = None):
        super().__init__(code)
        self.code: Code = code
        self.detail = detail or MEANINGS[code].sentence
        self.retry_after_ms = retry_after_ms

    @property
    def status(self) -> int:
        return MEANINGS[self.code].status
