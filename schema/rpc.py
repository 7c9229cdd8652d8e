"""What crosses a service binding or enters a room's object: JSON text on both sides."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from schema.ids import LARGEST_SEQ, Id, Millis, Ref
from schema.refusals import Code
from schema.wire import MessageType, Person


class Call(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Refusal(Call):
    """A `Refused` on its way across a binding."""

    refused: Code
    detail: str
    retry_after_ms: int | None = None


# community-worker

Verb = Literal[
    "see_community",
    "create_room",
    "read_room",
    "join_room",
    "leave_room",
    "post_message",
    "share_graph",
    "catch_up",
    "read_graph",
    "save_graph",
]


class MayQuestion(Call):
    """May this person do this here? Without a room, "here" is the community.

    Who asks is a person or, where nobody has looked yet, the hash of their session's token.
    """

    person_id: Id | None = None
    session: str | None = None
    community_id: Id
    verb: Verb
    room_id: Id | None = None


class RoomFacts(Call):
    """What a room's object needs to know about its room."""

    id: Id
    name: str
    description: str
    community_id: Id
    settings: dict[str, Any]


class Admission(Call):
    """Yes, and as what: the roles, every verb allowed here, and the room if one was asked."""

    person: Person
    community_role: str
    room_role: str | None
    joined_at: Millis | None = None
    may: list[Verb]
    room: RoomFacts | None


class CommunityConfig(Call):
    """What routing reads from KV `community:{domain}:config`."""

    community_id: Id
    slug: str
    name: str
    description: str
    domain: str


class DomainQuestion(Call):
    """Which community lives at this host?"""

    domain: Annotated[str, Field(max_length=253)]


# ChatRoom


class Entrance(Call):
    """A person at the door of a room. `after` is the last seq that their client has."""

    admission: Admission
    after: Annotated[int, Field(ge=0)] | None = None


class Post(Call):
    """A message that another worker posts for a person, already permitted there."""

    admission: Admission
    ref: Ref
    content: str
    message_type: MessageType
    metadata: dict[str, Any]


class PageRequest(Call):
    before: Annotated[int, Field(ge=1, le=LARGEST_SEQ)] | None = None
    after: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] | None = None
    limit: Annotated[int, Field(ge=1, le=1_000)] = 50


class MembershipChange(Call):
    """Somebody joined or left this room in D1; what they may do here now.

    The same `ref` again is the same change. Without `logged` the log says nothing of it.
    """

    room: RoomFacts
    person: Person
    joined: bool
    ref: Ref
    logged: bool
    room_role: str | None
    may: list[Verb]


class OldMessage(Call):
    """A message from elsewhere or from before, with its own time."""

    author: Person
    ref: Ref
    content: str
    message_type: MessageType = "text"
    metadata: dict[str, Any] = {}
    created_at: Millis


class Import(Call):
    """Messages for a room's log, oldest first. One that is there already stays as it is."""

    room: RoomFacts
    messages: list[OldMessage]


class Imported(Call):
    added: int
    head_seq: int


class Spent(BaseModel):
    """What a room's SQLite did since it woke, as the platform bills it. Counted locally alone."""

    statements: int = 0
    rows_read: int = 0
    rows_written: int = 0


class Vitals(Call):
    """How a room's object is doing. `incarnation` changes when it wakes anew."""

    incarnation: str
    head_seq: int
    copied_seq: int
    sockets: int
    spent: Spent


# ai-chat-worker


class SaidMessage(Call):
    """A message as the assistant reads it."""

    id: Id
    author: str
    content: str
    created_at: Millis


class SummariseRequest(Call):
    messages: list[SaidMessage]
    sentences: Annotated[int, Field(ge=1, le=20)] = 6


class SummarySentence(Call):
    """One sentence and the ids of the messages that it rests on, at least one."""

    text: str
    message_ids: Annotated[list[Id], Field(min_length=1)]


class Summary(Call):
    sentences: list[SummarySentence]
    provider: str


class ModerateRequest(Call):
    text: Annotated[str, Field(max_length=8_000)]


class Finding(Call):
    """One thing that was found, and the words of the text that show it."""

    category: Literal["insult", "threat", "sexual", "spam", "personal_data", "self_harm"]
    excerpt: str


class Moderation(Call):
    """`allow`: nothing found; `review`: a person should look; `refuse`: do not post it."""

    verdict: Literal["allow", "review", "refuse"]
    findings: list[Finding]
    provider: str


# knowledge-bridge-worker


class GraphQuestion(Call):
    """A graph for a reader: the bridge asks by itself whether they may see it."""

    person_id: Id
    community_id: Id
    graph_id: Id


class GraphsQuestion(Call):
    person_id: Id
    community_id: Id
    query: str = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 30


class SaveGraph(Call):
    """Save a whole graph. `graph.metadata.version` is the one it was read at, 0 for a new one."""

    person_id: Id
    community_id: Id
    graph_id: Id
    graph: dict[str, Any]
