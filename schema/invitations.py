"""Invitations: what is asked, shown and accepted."""

from typing import Annotated, Literal

from pydantic import Field

from schema.http import Body, Community, Email, Me
from schema.ids import Id, Millis
from schema.wire import Person

InvitedRole = Literal["admin", "moderator", "member", "guest"]


class NewInvitation(Body):
    """An invitation to make. With `email` it goes there by mail, and counts for that address."""

    role: InvitedRole = "member"
    room_ids: Annotated[list[Id], Field(max_length=20)] = Field(default=[])
    uses: Annotated[int, Field(ge=1, le=1_000, strict=True)] = 1
    expires_in_days: Annotated[int, Field(ge=1, le=90, strict=True)] = 7
    email: Email | None = None


class InvitedRoom(Body):
    id: Id
    name: str


class Arrival(Body):
    """Somebody who came by an invitation."""

    person: Person
    at: Millis


class Invitation(Body):
    """An invitation, to those who look after it. `code` is told to who made it alone."""

    id: Id
    code: str | None
    role: str
    rooms: list[InvitedRoom]
    email: str | None
    uses: int
    arrivals: list[Arrival]
    inviter: Person
    created_at: Millis
    expires_at: Millis
    revoked_at: Millis | None


class InvitationList(Body):
    invitations: list[Invitation]


class InvitationPreview(Body):
    """What an invitation leads to, before it is accepted."""

    community: Community
    inviter: str
    role: str
    rooms: list[str]
    expires_at: Millis


class AcceptedInvitation(Body):
    """Who you are here now, and the rooms that the invitation led to."""

    me: Me
    room_ids: list[Id]
