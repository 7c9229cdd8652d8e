"""The one table of permissions: every verb, who has it unless somebody decided otherwise.

A verb of the community is asked of the community; a verb of a room is asked in front of a room.
Roles in a room stand beside those in the community, so they have names of their own here.
"""

from dataclasses import dataclass
from typing import get_args

from schema.verbs import Role, Verb

ROLES: tuple[Role, ...] = get_args(Role)
VERBS: tuple[Verb, ...] = get_args(Verb)

Roles = frozenset[Role]

OWNER: Roles = frozenset({"owner"})
ADMINS: Roles = OWNER | Roles({"admin"})
MODERATORS: Roles = ADMINS | Roles({"moderator"})
MEMBERS: Roles = MODERATORS | Roles({"member"})
EVERYBODY: Roles = MEMBERS | Roles({"guest", "bot"})
ROOM_ADMINS: Roles = frozenset({"room_admin"})
ROOM_MODERATORS: Roles = ROOM_ADMINS | Roles({"room_moderator"})
IN_ROOM: Roles = ROOM_MODERATORS | Roles({"room_member"})


@dataclass(frozen=True)
class Rule:
    """Who has a verb by default. `visiting`: who has it in a public room that they are not in."""

    roles: Roles
    visiting: Roles = frozenset()


IN_COMMUNITY: dict[Verb, Rule] = {
    "see_community": Rule(EVERYBODY),
    "list_members": Rule(MEMBERS),
    "create_room": Rule(MEMBERS),
    "create_private_room": Rule(MEMBERS),
    "write_directly": Rule(MEMBERS),
    "invite_member": Rule(MODERATORS),
    "invite_guest": Rule(MODERATORS),
    "manage_invitations": Rule(ADMINS),
    "review_requests": Rule(MODERATORS),
    "change_roles": Rule(ADMINS),
    "remove_member": Rule(ADMINS),
    "ban_member": Rule(MODERATORS),
    "transfer_ownership": Rule(OWNER),
    "edit_community": Rule(ADMINS),
    "edit_branding": Rule(ADMINS),
    "edit_guidelines": Rule(ADMINS),
    "edit_features": Rule(ADMINS),
    "edit_filters": Rule(ADMINS),
    "edit_permissions": Rule(ADMINS),
    "edit_domains": Rule(OWNER),
    "delete_community": Rule(OWNER),
    "read_audit_log": Rule(ADMINS),
    "export_audit_log": Rule(ADMINS),
    "read_graph": Rule(EVERYBODY),
    "save_graph": Rule(MEMBERS),
    "use_assistant": Rule(EVERYBODY),
    "create_token": Rule(MEMBERS),
}
IN_FRONT_OF_ROOM: dict[Verb, Rule] = {
    "read_room": Rule(IN_ROOM, MEMBERS),
    "join_room": Rule(IN_ROOM, MEMBERS),
    "leave_room": Rule(IN_ROOM),
    "post_message": Rule(IN_ROOM | ADMINS),
    "share_graph": Rule(IN_ROOM | ADMINS),
    "share_link": Rule(IN_ROOM | ADMINS),
    "share_file": Rule(IN_ROOM | ADMINS),
    "mention_everyone": Rule(ROOM_MODERATORS | MODERATORS),
    "catch_up": Rule(IN_ROOM, MEMBERS),
    "pass_slow_mode": Rule(ROOM_MODERATORS | MODERATORS),
    "pin_message": Rule(ROOM_MODERATORS | MODERATORS),
    "remove_message": Rule(ROOM_MODERATORS | MODERATORS),
    "review_messages": Rule(ROOM_MODERATORS | MODERATORS, MODERATORS),
    "add_to_room": Rule(ROOM_MODERATORS | ADMINS),
    "remove_from_room": Rule(ROOM_MODERATORS | MODERATORS),
    "change_room_roles": Rule(ROOM_ADMINS | ADMINS, ADMINS),
    "edit_room": Rule(ROOM_ADMINS | ADMINS, ADMINS),
    "edit_room_permissions": Rule(ROOM_ADMINS | ADMINS, ADMINS),
    "archive_room": Rule(ROOM_ADMINS | ADMINS, ADMINS),
}
TABLE: dict[Verb, Rule] = IN_COMMUNITY | IN_FRONT_OF_ROOM

FEATURES: dict[str, frozenset[Verb]] = {
    "graphs": frozenset({"read_graph", "save_graph", "share_graph"}),
    "assistant": frozenset({"use_assistant", "catch_up"}),
}
"""What belongs to a feature: nobody has it where the feature is switched off."""

WRITING: tuple[Verb, ...] = (
    "post_message",
    "share_graph",
    "share_link",
    "share_file",
    "mention_everyone",
)
"""What waits until somebody has accepted the guidelines, where a community asks for that."""

UNDECIDABLE = frozenset[Verb](
    {"see_community", "leave_room", "transfer_ownership", "delete_community", "edit_domains"}
)
"""What nobody can give to another role or take from one."""
