"""Rows as the records return them: the columns letter by letter."""

from typing import TypedDict


class PersonRow(TypedDict):
    id: str
    email: str
    name: str
    about: str
    created_at: int


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


class GraphRow(TypedDict):
    id: str
    community_id: str
    created_by: str
    title: str
    version: int
    data: str
    created_at: int
    updated_at: int
