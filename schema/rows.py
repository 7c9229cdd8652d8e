"""Rows as the records return them: the columns letter by letter."""

from typing import NotRequired, TypedDict


class PersonRow(TypedDict):
    id: str
    email: str
    name: str
    about: str
    created_at: int


class SessionPersonRow(PersonRow):
    """Somebody, and the session that they ask with."""

    used_at: int
    ends_at: int


class SessionRow(TypedDict):
    id: str
    token_hash: str
    host: str
    user_agent: str
    address: str
    created_at: int
    used_at: int


class TokenRow(TypedDict):
    id: str
    name: str
    scopes: str
    created_at: int
    expires_at: int
    used_at: int | None


class TokenPersonRow(PersonRow):
    """Somebody, and the token that asks for them."""

    scopes: str
    used_at: int | None


class TicketRow(TypedDict):
    """Who comes by a ticket, and until when what they proved themselves with counts."""

    person_id: str
    proof: str
    until: int


class TravelRow(TypedDict):
    """Who goes on to another host, from where, and when their session there ends for good."""

    person_id: str
    origin: str
    ends_at: int


class ProfileRow(TypedDict):
    """Somebody of a community; none of the profile where they never wrote one. `shown_name`: with
    the number that it has there."""

    id: str
    name: str
    shown_name: str
    handle: str | None
    bio: str | None
    time_zone: str | None
    languages: str | None
    status_emoji: str | None
    status_text: str | None
    status_until: int | None
    avatar: str | None
    hidden: int


class CommunityRow(TypedDict):
    id: str
    slug: str
    name: str
    description: str
    config: str
    created_at: int


class RoomRow(TypedDict):
    id: str
    name: str
    description: str
    community_id: str
    created_at: int
    settings: str


class StandingRow(TypedDict):
    """One person before one room or community: who they are, their roles, and the room's facts."""

    person_id: str
    name: str
    community_role: str | None
    room_role: str | None
    joined_at: int | None
    room_id: str | None
    room_name: str | None
    description: str | None
    settings: str | None
    overrides: str
    features: str | None
    filters: str | None
    blocked: str
    blocked_by: str
    invisible: int | None
    unaccepted: int | None
    came_at: int | None
    until: NotRequired[int]  # of the session, if it was asked for


class GraphRow(TypedDict):
    id: str
    community_id: str
    created_by: str
    title: str
    version: int
    data: str
    created_at: int
    updated_at: int
