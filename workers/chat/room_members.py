"""Bringing people into a room, what they are there, and taking them out of it."""

from fastapi import Request, Response

from access import permission
from access.acting import act
from access.asker import Asker, Someone
from chat import membership, readmitting
from chat.members import PersonId
from chat.rooms import RoomId
from domain import room_roles
from domain.permissions import standing
from edge.routing import routes
from records import rooms, safety
from records.audit_log import entry, entry_of_change
from schema.http import Member
from schema.members import AddedPerson, NewRoomRole
from schema.refusals import Refused
from schema.rpc import Admission

router = routes("/api/rooms/{room_id}/members")

NOT_THEIR_WISH = "They choose themselves who may bring them in. Send them an invitation instead."


@router.post("", status_code=201)
async def add(room_id: RoomId, body: AddedPerson, request: Request, asker: Someone) -> Member:
    """Bring somebody of the community into the room. Asks for `add_to_room`.

    Refuses: not_allowed, join_first, room_not_found, member_not_found.
    """
    await asker.may("add_to_room", room_id)
    before = await somebody(asker, room_id, body.person_id)
    await check_wish(asker, before)
    await membership.put_in(asker, room_id, body.person_id)
    if before.joined_at is None:
        done = act(asker, request, "add_to_room", body.person_id, room_id)
        await asker.db.batch(entry(done))
    return shown(await insider(asker, room_id, body.person_id))


@router.patch("/{person_id}")
async def change_role(
    room_id: RoomId, person_id: PersonId, body: NewRoomRole, request: Request, asker: Someone
) -> Member:
    """Give somebody another role in the room. Asks for `change_room_roles`.

    Refuses: not_allowed, room_not_found, member_not_found, version_conflict.
    """
    actor = standing(await asker.may("change_room_roles", room_id))
    target = await insider(asker, room_id, person_id)
    here, old, new = asker.community.community_id, target.room_role or "", body.role
    others = await rooms.other_admins(asker.db, here, room_id, person_id)
    is_self = person_id == asker.person["id"]
    room_roles.check_change(actor, standing(target), new, is_self, others)
    if old != new:
        done = act(asker, request, "change_room_role", person_id, room_id, old=old, new=new)
        change = rooms.change_role(here, room_id, person_id, old, new)
        changed = await asker.db.batch(change, entry_of_change(done))
        if not changed[0]:
            raise Refused("version_conflict")
    await readmitting.in_room(asker, room_id)
    return shown(target.model_copy(update={"room_role": new}))


@router.delete("/{person_id}", status_code=204)
async def remove(
    room_id: RoomId, person_id: PersonId, request: Request, asker: Someone
) -> Response:
    """Take somebody out of the room. Asks for `remove_from_room`.

    Refuses: not_allowed, join_first, room_not_found, member_not_found.
    """
    actor = standing(await asker.may("remove_from_room", room_id))
    target = await insider(asker, room_id, person_id)
    room_roles.check_removal(actor, standing(target))
    done = act(asker, request, "remove_from_room", person_id, room_id, role=target.room_role)
    await asker.db.batch(entry(done))
    await membership.take_out(asker, target)
    return Response(status_code=204)


async def check_wish(asker: Asker, newcomer: Admission) -> None:
    """Who may bring somebody in is theirs to say; nobody is told what they said. Refuses:
    not_allowed."""
    here, own = asker.community.community_id, asker.person["id"]
    their = newcomer.person.id
    if newcomer.joined_at is not None or their == own:
        return
    if not await safety.may_bring_in(asker.db, here, own, their):
        raise Refused("not_allowed", NOT_THEIR_WISH)


async def somebody(asker: Asker, room_id: str, person_id: str) -> Admission:
    """Somebody of the community in front of the room. Refuses: member_not_found."""
    here = asker.community.community_id
    found = await permission.of_person(asker.db, here, person_id, room_id)
    if found is None or not found.community_role:
        raise Refused("member_not_found")
    return found


async def insider(asker: Asker, room_id: str, person_id: str) -> Admission:
    """Somebody who is in the room. Refuses: member_not_found."""
    found = await somebody(asker, room_id, person_id)
    if found.joined_at is None:
        raise Refused("member_not_found", "They are not in this room.")
    return found


def shown(of: Admission) -> Member:
    return Member(
        id=of.person.id,
        name=of.person.name,
        role=of.room_role or "",
        joined_at=of.joined_at or 0,
    )
