"""What may be posted, and what it becomes."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from domain import explaining
from domain.permissions import standing
from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import Admission, OldMessage
from schema.verbs import Verb
from schema.wire import CONTENT_LENGTH, Message, MessageType, Person

INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
EVERY_KIND: tuple[Verb, ...] = ("post_message", "share_graph")
LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True)
class Author:
    """Who posts, the verbs that they may use in this room, and whether they are in it."""

    person: Person
    may: Collection[Verb]
    is_in: bool = True
    admission: Admission | None = None


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say: its words, its kind, and what that kind carries."""

    content: str
    message_type: MessageType
    metadata: dict[str, Any]


def post(who: Author, room_id: str, draft: Draft, message_id: str, now: Millis) -> Message:
    """The message as it will be stored.

    Refuses: join_first, not_allowed, empty_message, too_long.
    """
    check(who, "share_graph" if draft.message_type == "graph" else "post_message")
    content = clean(draft.content)
    if not content and draft.message_type == "text":
        raise Refused("empty_message")
    if len(content) > CONTENT_LENGTH:
        raise Refused("too_long", f"A message has at most {CONTENT_LENGTH:,} characters.")
    return Message(
        id=message_id,
        room_id=room_id,
        author=who.person,
        content=content,
        message_type=draft.message_type,
        metadata=draft.metadata,
        created_at=now,
    )


def author(admission: Admission) -> Author:
    return Author(admission.person, admission.may, admission.room_role is not None, admission)


def check(who: Author, verb: Verb = "post_message") -> None:
    """Whether somebody may post here. Refuses: join_first, not_allowed."""
    if verb in who.may:
        return
    if who.admission:
        explaining.check(standing(who.admission), verb)
    raise Refused("not_allowed" if who.is_in else "join_first")


def imported(old: OldMessage, room_id: str, message_id: str) -> Message:
    """A message from elsewhere, with its own time. Refuses: empty_message, too_long."""
    draft = Draft(old.content, old.message_type, old.metadata)
    return post(Author(old.author, EVERY_KIND), room_id, draft, message_id, old.created_at)


def clean(text: str) -> str:
    """One kind of line end, no control characters, nothing empty around it."""
    return INVISIBLE.sub("", LINE_END.sub("\n", text)).strip()
