"""What crosses a service binding or enters a room's object: JSON text on both sides."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from schema.ids import LARGEST_SEQ, Id, Millis, Ref
from schema.refusals import Code
from schema.verbs import Verb
from schema.wire import MessageType, Person


class Call(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Refusal(Call):
    """A `Refused` on its way across a binding."""

    refused: Code
    detail: str
    retry_after_ms: int | None = None


# Who may do what


class MayQuestion(Call):
    """May this person do this here? Without a room, "here" is the community.

    Who asks is a person or, where nobody has looked yet, whoever is signed in at this host by the
    session with this hash.
    """

    person_id: Id | None = None
    session: str | None = None
    host: str = ""
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
    """Yes, and as what: the roles, every verb allowed here, and the room if one was asked.

    `may` names the verbs of the room where one was asked, else those of the community. `decided` is
    what somebody decided otherwise for these roles: (role, verb, allowed). `session` is the hash of
    the session that asked, `until` when that ends unless it is used. `hidden` names those who are
    hidden from this person, and they from them; whoever is `invisible` is told of to nobody.
    `came_at` is since when they are in the community.
    """

    person: Person
    community_role: str
    room_role: str | None
    joined_at: Millis | None = None
    came_at: Millis | None = None
    may: list[Verb]
    decided: list[tuple[str, str, bool]] = []
    session: str | None = None
    until: Millis | None = None
    hidden: list[Id] = []
    invisible: bool = False
    room: RoomFacts | None


# community-worker


class CommunityConfig(Call):
    """What routing reads from KV `community:{domain}:config`."""

    community_id: Id
    slug: str
    name: str
    description: str
    domain: str
    brand: dict[str, str] = {}


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
    """A page of the log for somebody who does not get to read the messages of those in `hidden`."""

    community_id: Id
    before: Annotated[int, Field(ge=1, le=LARGEST_SEQ)] | None = None
    after: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] | None = None
    limit: Annotated[int, Field(ge=1, le=1_000)] = 50
    hidden: list[Id] = []


class MembershipChange(Call):
    """Somebody joined or left this room in D1; what they may do here now.

    The same `ref` again is the same change.
    """

    room: RoomFacts
    person: Person
    joined: bool
    ref: Ref
    room_role: str | None
    may: list[Verb]


class Readmission(Call):
    """Somebody's rights changed, or everybody's: the room asks anew for those who sit in it.

    `other_id` is the other one of two, as of a block. With `session` that session ended: its
    sockets close.
    """

    community_id: Id
    room_id: Id
    person_id: Id | None = None
    other_id: Id | None = None
    session: str | None = None


class HeldDecision(Call):
    """For a room: let a held message in, or decline it."""

    community_id: Id
    message_id: Id
    let_in: bool
    said: str


class Withdrawal(Call):
    """For a room: its author takes back a message that is held."""

    community_id: Id
    author_id: Id
    ref: Ref


class ReviewNews(Call):
    """For a room: what waits in it for a look changed."""

    community_id: Id


class HeldOutcome(Call):
    """What became of it: by this decision, or by one before."""

    state: Literal["let_in", "declined", "withdrawn", "unknown"]


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
