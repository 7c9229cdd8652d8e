"""Invitations: who may make one, what it is worth later, and as what somebody comes by it.

An invitation gives what its inviter may give on the day it is accepted, never what they could
once: who lost a role, or is gone, has left nothing behind.
"""

import re
from dataclasses import dataclass

from domain import roles
from domain.permissions import Standing
from schema.ids import Millis
from schema.refusals import Refused
from schema.verbs import Verb

DAY_MS = 86_400_000
MADE_A_DAY = 50
CODE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Invitation:
    """An invitation as it is stored."""

    id: str
    code: str
    community_id: str
    created_by: str
    role: str
    room_ids: list[str]
    email: str | None
    uses: int
    created_at: Millis
    expires_at: Millis
    revoked_at: Millis | None
    used: int = 0


def verb_for(role: str) -> Verb:
    return "invite_guest" if role == "guest" else "invite_member"


def room_verb(visibility: str) -> Verb:
    """What somebody must be allowed in front of a room to invite others into it."""
    return "add_to_room" if visibility == "private" else "read_room"


def check_new(inviter: Standing, role: str, email: str | None, uses: int) -> None:
    """Refuses: not_allowed, bad_fields."""
    roles.check_grant(inviter, verb_for(role), role)
    if email and uses != 1:
        raise Refused("bad_fields", "An invitation by e-mail is for one person.")


def open_one(found: Invitation | None, community_id: str, now: Millis) -> Invitation:
    """The invitation, if somebody may still come by it. Refuses: invitation_not_valid."""
    if found is None or found.community_id != community_id:
        raise Refused("invitation_not_valid")
    if found.revoked_at is not None or found.expires_at <= now or found.used >= found.uses:
        raise Refused("invitation_not_valid")
    return found


def check_invited(found: Invitation, email: str) -> None:
    """One by mail is for its address alone. Refuses: invitation_not_valid."""
    if found.email is not None and found.email.lower() != email.lower():
        raise Refused("invitation_not_valid")


def check_inviter(inviter: Standing, role: str) -> None:
    """What its inviter may not give today, it does not give. Refuses: invitation_not_valid."""
    try:
        roles.check_grant(inviter, verb_for(role), role)
    except Refused:
        raise Refused("invitation_not_valid") from None


def role_for(inviter: Standing, offered: str, current: str | None) -> str:
    """As what somebody is in afterwards. Who is in already never comes lower by it, and higher
    only where the inviter might give them that role by hand."""
    if current is None:
        return offered
    if roles.RANK[offered] <= roles.RANK[current]:
        return current
    try:
        roles.check_change(inviter, current, offered)
    except Refused:
        return current
    return offered


def letter(community: str, inviter: str, link: str) -> tuple[str, str]:
    """Subject and text of the mail."""
    text = (
        f"{inviter} invites you to {community}:\n\n{link}\n\n"
        "If you do not know why, ignore this mail."
    )
    return f"An invitation to {community}", text
