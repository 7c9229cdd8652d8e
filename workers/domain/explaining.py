"""Why somebody may not do something here, in words that they may read."""

from domain.permission_table import ROLES, TABLE, UNDECIDABLE
from domain.permissions import ALL_ROLES, Standing, refusal
from schema.refusals import Code, Refused
from schema.verbs import Role, Verb

DOING: dict[Verb, str] = {
    "see_community": "see this community",
    "list_members": "see the list of members",
    "create_room": "create rooms",
    "create_private_room": "create private rooms",
    "write_directly": "write to people directly",
    "invite_member": "invite members",
    "invite_guest": "invite guests",
    "manage_invitations": "manage all invitations",
    "review_requests": "decide on requests to join",
    "change_roles": "change the roles of members",
    "remove_member": "remove members",
    "ban_member": "ban members",
    "transfer_ownership": "transfer the ownership",
    "edit_community": "edit the community",
    "edit_branding": "edit how the community looks",
    "edit_guidelines": "edit the guidelines",
    "edit_features": "turn features on and off",
    "edit_filters": "edit the content filters",
    "edit_permissions": "decide what roles may do",
    "edit_domains": "edit the addresses of the community",
    "delete_community": "delete the community",
    "read_audit_log": "read the audit log",
    "export_audit_log": "export the audit log",
    "read_graph": "read graphs",
    "save_graph": "save graphs",
    "use_assistant": "use the assistant",
    "create_token": "create access tokens",
    "read_room": "read rooms",
    "join_room": "join rooms",
    "leave_room": "leave rooms",
    "post_message": "post messages",
    "share_graph": "share graphs",
    "share_link": "share links",
    "share_file": "share files",
    "mention_everyone": "mention everyone",
    "catch_up": "be caught up",
    "pass_slow_mode": "post without waiting in slow mode",
    "pin_message": "pin messages",
    "remove_message": "remove messages of others",
    "review_messages": "review messages",
    "add_to_room": "add people to the room",
    "remove_from_room": "remove people from the room",
    "change_room_roles": "change roles in the room",
    "edit_room": "edit the room",
    "edit_room_permissions": "decide what roles may do in the room",
    "archive_room": "archive the room",
}
MANY: dict[Role, str] = {
    "owner": "the owner",
    "admin": "admins",
    "moderator": "moderators",
    "member": "members",
    "guest": "guests",
    "bot": "bots",
    "room_admin": "admins of the room",
    "room_moderator": "moderators of the room",
    "room_member": "members of the room",
}


def check(standing: Standing, verb: Verb) -> None:
    """Refuses: not_allowed, join_first, room_not_found, with the reason where it may be told."""
    no = refusal(standing, verb)
    if no is not None:
        raise Refused(no, why_not(standing, verb, no))


def why_not(standing: Standing, verb: Verb, code: Code) -> str | None:
    """The reason of a refusal; None where nothing more may be said than its code does."""
    if code == "join_first":
        return f"You cannot {DOING[verb]} here because you have not joined this room."
    if code != "not_allowed":
        return None
    return f"You cannot {DOING[verb]} here because {_reason(standing, verb)}."


def _reason(standing: Standing, verb: Verb) -> str:
    if standing.community_role is None:
        return "you are not a member of this community"
    if standing.overrides.get((ALL_ROLES, verb)) is False:
        return "this community has it switched off"
    by_default = TABLE[verb].roles
    decided = {
        role: yes
        for (role, about), yes in standing.overrides.items()
        if about == verb and role != "owner" and verb not in UNDECIDABLE
    }
    for role in ROLES:
        if role in standing.roles() and role in by_default and decided.get(role) is False:
            return f"it was decided that {MANY[role]} may not"
    able = [MANY[role] for role in ROLES if decided.get(role, role in by_default)]
    return f"only {_joined(able)} may"


def _joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`"""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
