"""Who is in a community and in a room, in which role, and who is kept out."""

from typing import Literal

from schema.http import Body, Line, Member
from schema.ids import Id, Millis
from schema.wire import Person

GivenRole = Literal["admin", "moderator", "member", "guest", "bot"]
"""What a person may be made in a community. Ownership goes by a transfer."""

RoomRole = Literal["admin", "moderator", "member"]


class MemberPage(Body):
    """Some members of the community, by name. `next` is the cursor of the page after this one."""

    members: list[Member]
    next: str | None


class NewRole(Body):
    role: GivenRole


class NewRoomRole(Body):
    role: RoomRole


class AddedPerson(Body):
    """Somebody of the community who comes into a room."""

    person_id: Id


class NewBan(Body):
    """Keep somebody out, until a moment or, without one, for good."""

    reason: Line = ""
    until: Millis | None = None


class Ban(Body):
    """Somebody who is kept out of the community, by whom and why."""

    person: Person
    by: Person
    reason: str
    at: Millis
    until: Millis | None


class BanList(Body):
    bans: list[Ban]
