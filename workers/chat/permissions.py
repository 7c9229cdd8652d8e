"""What roles may do: seen, and decided otherwise, in the community or in one room."""

from fastapi import Request

from access.acting import act
from access.asker import Asker, Someone
from chat import readmitting
from chat.rooms import RoomId
from domain import deciding
from domain.permissions import Override, standing
from edge.routing import routes
from records import permission_overrides
from records.audit_log import entry_of_change
from schema.permissions import Decision, PermissionList
from schema.rpc import Admission

router = routes("/api")


@router.get("/permissions")
async def permissions(asker: Someone) -> PermissionList:
    """The whole table of the community. Asks for `edit_permissions`. Refuses: not_allowed."""
    admission = await asker.may("edit_permissions")
    return await _table(asker, admission, "")


@router.put("/permissions")
async def decide(body: Decision, request: Request, asker: Someone) -> PermissionList:
    """Decide for a role in the whole community. Asks for `edit_permissions`.

    Refuses: not_allowed.
    """
    admission = await asker.may("edit_permissions")
    await _decide(asker, request, admission, body, "")
    await readmitting.everybody(asker)
    return await _table(asker, admission, "")


@router.get("/rooms/{room_id}/permissions")
async def room_permissions(room_id: RoomId, asker: Someone) -> PermissionList:
    """The table of one room. Asks for `edit_room_permissions`.

    Refuses: not_allowed, room_not_found.
    """
    admission = await asker.may("edit_room_permissions", room_id)
    return await _table(asker, admission, room_id)


@router.put("/rooms/{room_id}/permissions")
async def decide_in_room(
    room_id: RoomId, body: Decision, request: Request, asker: Someone
) -> PermissionList:
    """Decide for a role in one room. Asks for `edit_room_permissions`.

    Refuses: not_allowed, room_not_found.
    """
    admission = await asker.may("edit_room_permissions", room_id)
    await _decide(asker, request, admission, body, room_id)
    await readmitting.in_room(asker, room_id)
    return await _table(asker, admission, room_id)


async def _decide(
    asker: Asker, request: Request, admission: Admission, wanted: Decision, room_id: str
) -> None:
    here, role, verb = asker.community.community_id, wanted.role, wanted.verb
    made = await permission_overrides.made(asker.db, here, room_id)
    deciding.check(standing(admission), made, wanted)
    if wanted.allowed is None:
        change = permission_overrides.undo(here, room_id, role, verb)
    else:
        new = Override(room_id, role, verb, wanted.allowed)
        change = permission_overrides.decide(here, new)
    how = {"role": role, "verb": verb, "allowed": wanted.allowed}
    done = act(asker, request, "decide_permission", "", room_id, **how)
    await asker.db.batch(change, entry_of_change(done))


async def _table(asker: Asker, admission: Admission, room_id: str) -> PermissionList:
    made = await permission_overrides.made(asker.db, asker.community.community_id, room_id)
    return deciding.table(standing(admission), made)
