"""Invitations: links and codes into the community, and who came by them."""

import json
from typing import Annotated, Any

from fastapi import Path, Request, Response

from access.acting import act
from access.asker import Asker, Here, Someone
from access.community_card import community
from chat import inviting
from chat.signing_in import card
from edge.clock import new_id
from edge.routing import SECRET, routes
from records import invitations, people
from schema.ids import ID_PATTERN
from schema.invitations import (
    AcceptedInvitation,
    Invitation,
    InvitationList,
    InvitationPreview,
    NewInvitation,
)
from schema.refusals import Refused

router = routes("/api/invitations")
InvitationId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.post("", status_code=201, openapi_extra={SECRET: True})
async def invite(body: NewInvitation, request: Request, asker: Someone) -> Invitation:
    """Asks for `invite_member` or `invite_guest`, and for `add_to_room` in each private room.

    Refuses: not_allowed, room_not_found, bad_fields, too_fast, too_new.
    """
    details: dict[str, Any] = {"role": body.role, "room_ids": body.room_ids, "uses": body.uses}
    made = await inviting.make(
        asker, body, act(asker, request, "invitation_made", new_id(), **details)
    )
    await inviting.send(asker, made, str(request.url))
    rows = await invitations.listed(asker.db, made.community_id, asker.person["id"])
    return next(shown(asker, row) for row in rows if row["id"] == made.id)


@router.get("")
async def invitation_list(asker: Someone) -> InvitationList:
    """One's own; with `manage_invitations` all of them. Asks for `see_community`."""
    admission = await asker.may("see_community")
    made_by = None if "manage_invitations" in admission.may else asker.person["id"]
    rows = await invitations.listed(asker.db, asker.community.community_id, made_by)
    return InvitationList(invitations=[shown(asker, row) for row in rows])


@router.delete("/{invitation_id}", status_code=204)
async def revoke(invitation_id: InvitationId, request: Request, asker: Someone) -> Response:
    """One's own, or with `manage_invitations` any. Asks for `see_community`. Refuses: not_found."""
    admission = await asker.may("see_community")
    here = asker.community.community_id
    found = await invitations.by_id(asker.db, here, invitation_id)
    mine = found is not None and found.created_by == asker.person["id"]
    if found is None or not (mine or "manage_invitations" in admission.may):
        raise Refused("not_found")
    done = act(asker, request, "invitation_revoked", invitation_id)
    await invitations.revoke(asker.db, here, invitation_id, done)
    return Response(status_code=204)


@router.get("/{code}/preview")
async def preview(code: str, here: Here) -> InvitationPreview:
    """What it leads to; no session needed. Refuses: invitation_not_valid."""
    found, _, led = await inviting.led_to(here, await inviting.stored(here, code))
    inviter = await people.by_id(here.db, found.created_by)
    return InvitationPreview(
        community=community(here),
        inviter=inviter["name"] if inviter else "",
        role=found.role,
        rooms=[room["name"] for room in led],
        expires_at=found.expires_at,
    )


@router.post("/{code}/accept")
async def accept(code: str, request: Request, asker: Someone) -> AcceptedInvitation:
    """Come in by it. Refuses: invitation_not_valid."""
    done = act(asker, request, "invitation_accepted")
    room_ids = await inviting.accept(asker, code, done)
    return AcceptedInvitation(me=await card(asker), room_ids=room_ids)


def shown(asker: Asker, row: dict[str, Any]) -> Invitation:
    """An invitation to who looks after it. Another's code would be another's right to invite."""
    mine = row["created_by"] == asker.person["id"]
    keep = ("id", "role", "email", "uses", "created_at", "expires_at", "revoked_at")
    return Invitation(
        **{name: row[name] for name in keep},
        code=row["code"] if mine else None,
        rooms=json.loads(row["named_rooms"]),
        arrivals=json.loads(row["arrivals"]),
        inviter={"id": row["created_by"], "name": row["inviter"]},
    )
