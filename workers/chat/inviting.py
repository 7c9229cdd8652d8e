"""Making an invitation, and coming by one."""

from dataclasses import replace
from typing import Any

from access import permission
from access.asker import Asker, Place
from chat import membership, readmitting
from domain import invitations as rules
from domain.invitations import DAY_MS, Invitation
from domain.permissions import Standing, refusal, standing, visibility
from domain.signing_in import site
from edge import mail
from edge.clock import new_code, now_ms
from records import communities, invitations, rooms, safety, standings
from records.audit_log import Act
from schema.invitations import NewInvitation
from schema.refusals import Refused


async def make(asker: Asker, asked: NewInvitation, act: Act) -> Invitation:
    """Refuses: not_allowed, room_not_found, bad_fields, too_fast, too_new."""
    admission = await asker.may(rules.verb_for(asked.role))
    rules.check_new(standing(admission), asked.role, asked.email, asked.uses)
    for room_id in asked.room_ids:
        seen = await asker.may("read_room", room_id)
        settings = seen.room.settings if seen.room else {}
        await asker.may(rules.room_verb(visibility(settings)), room_id)
    made = _new(asker, asked, act)
    if not await invitations.add(asker.db, made, act):
        raise Refused("too_fast", "You made many invitations today. Make more tomorrow.", DAY_MS)
    return made


def _new(asker: Asker, asked: NewInvitation, act: Act) -> Invitation:
    return Invitation(
        id=act.target_id,
        code=new_code(),
        community_id=asker.community.community_id,
        created_by=asker.person["id"],
        role=asked.role,
        room_ids=list(dict.fromkeys(asked.room_ids)),
        email=asked.email.lower() if asked.email else None,
        uses=asked.uses,
        created_at=act.at,
        expires_at=act.at + asked.expires_in_days * DAY_MS,
        revoked_at=None,
    )


async def send(asker: Asker, made: Invitation, url: str) -> None:
    """By mail, if it is for an address. Who does not want to be invited by them gets none, and
    the inviter hears nothing of it."""
    here, inviter = made.community_id, made.created_by
    if made.email is None or not await safety.may_invite(asker.db, here, inviter, made.email):
        return
    link = f"{site(url, asker.host, asker.env.STAGE)}/join/{made.code}"
    subject, text = rules.letter(asker.community.name, asker.person["name"], link)
    await mail.send(asker.env, made.email, subject, text, link)


async def stored(place: Place, code: str) -> Invitation | None:
    if not rules.CODE.fullmatch(code):
        return None
    return await invitations.by_code(place.db, place.community.community_id, code)


async def led_to(
    place: Place, known: Invitation | None
) -> tuple[Invitation, Standing, list[dict[str, Any]]]:
    """An invitation that somebody may come by here, its inviter today, and those of its rooms that
    they may invite others into. Any other is refused alike. Refuses: invitation_not_valid."""
    here = rules.open_one(known, place.community.community_id, now_ms())
    inviter = await _inviter(place, here)
    rules.check_inviter(inviter, here.role)
    led = [room for one in here.room_ids if (room := await _room(place, here, one))]
    return here, inviter, led


async def _inviter(place: Place, here: Invitation) -> Standing:
    row = await standings.of_person(place.db, here.community_id, here.created_by, None)
    return permission.standing_in(row) if row else Standing(None)


async def _room(place: Place, here: Invitation, room_id: str) -> dict[str, Any] | None:
    row = await standings.of_person(place.db, here.community_id, here.created_by, room_id)
    if row is None or row["room_id"] is None:
        return None
    inviter = permission.standing_in(row)
    no = refusal(inviter, rules.room_verb(inviter.room or "public"))
    return None if no else {"id": room_id, "name": row["room_name"]}


async def accept(asker: Asker, code: str, act: Act) -> list[str]:
    """Come in by an invitation; the rooms that it leads to. Who came by it and is still in gets
    the same answer again. Refuses: invitation_not_valid."""
    person_id = asker.person["id"]
    current = await communities.role(asker.db, asker.community.community_id, person_id)
    known = await stored(asker, code)
    if known and current and await invitations.was_used_by(asker.db, known.id, person_id):
        return await _joined(asker, known.room_ids)
    here, inviter, led = await led_to(asker, known)
    rules.check_invited(here, asker.person["email"])
    role = rules.role_for(inviter, here.role, current)
    room_ids = [room["id"] for room in led]
    if current == role and await _joined(asker, room_ids) == room_ids:
        return room_ids
    done = replace(act, target_id=here.id, details={"role": role, "before": current})
    if not await invitations.accept(asker.db, here, person_id, (current, role), room_ids, done):
        raise Refused("invitation_not_valid")
    await membership.announce_default_rooms(asker, act.at)
    if current != role:
        await readmitting.person(asker, person_id)
    return room_ids


async def _joined(asker: Asker, room_ids: list[str]) -> list[str]:
    """Those of the rooms that they are in."""
    where = (asker.db, asker.community.community_id)
    return [
        room_id
        for room_id in room_ids
        if await rooms.joined_at(*where, room_id, asker.person["id"]) is not None
    ]
