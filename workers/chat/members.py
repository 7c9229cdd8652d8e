"""Who is in the community, and as what."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from access.acting import act
from access.asker import Asker, Someone
from chat import departures, readmitting
from domain import addresses, naming, roles
from domain.permissions import standing
from edge.routing import routes
from edge.session import cookie
from records import directory, members
from records.audit_log import entry_of_change
from schema.foundation import CommunityRole
from schema.http import Member
from schema.ids import ID_PATTERN
from schema.members import MemberPage, NewRole
from schema.refusals import Refused
from schema.wire import PAGE, PAGE_MAX

router = routes("/api")
PersonId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.get("/members")
async def member_page(
    asker: Someone,
    q: Annotated[str, Query(max_length=100)] = "",
    role: CommunityRole | None = None,
    cursor: Annotated[str | None, Query(pattern=ID_PATTERN)] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = PAGE,
) -> MemberPage:
    """A page of members by name. Asks for `list_members`. Refuses: not_allowed."""
    await asker.may("list_members")
    here, key = asker.community.community_id, naming.key(q)
    rows = await members.page(asker.db, here, key, role, cursor, limit + 1)
    shown = [Member(**row) for row in rows[:limit]]
    return MemberPage(members=shown, next=shown[-1].id if len(rows) > limit else None)


@router.patch("/members/{person_id}")
async def change_role(
    person_id: PersonId, body: NewRole, request: Request, asker: Someone
) -> Member:
    """Give a member another role. Asks for `change_roles`.

    Refuses: not_allowed, member_not_found, version_conflict.
    """
    admission = await asker.may("change_roles")
    target = await member(asker, person_id)
    roles.check_change(standing(admission), target.role, body.role)
    if target.role != body.role:
        here, change = asker.community.community_id, (target.role, body.role)
        done = act(asker, request, "change_role", person_id, old=target.role, new=body.role)
        changed = await asker.db.batch(
            members.change_role(here, person_id, *change), entry_of_change(done)
        )
        if not changed[0]:
            raise Refused("version_conflict")
    await readmitting.person(asker, person_id)
    return target.model_copy(update={"role": body.role})


@router.delete("/members/{person_id}", status_code=204)
async def remove(person_id: PersonId, request: Request, asker: Someone) -> Response:
    """End somebody's membership, everywhere in the community. Asks for `remove_member`.

    Refuses: not_allowed, member_not_found, version_conflict.
    """
    admission = await asker.may("remove_member")
    target = await left_over(asker, person_id)
    if target is not None:
        roles.check_removal(standing(admission), "remove_member", target.role)
        done = act(asker, request, "remove_member", person_id, role=target.role)
        if not await departures.remove(asker, person_id, done):
            raise Refused("version_conflict")
    return Response(status_code=204)


@router.post("/members/{person_id}/make-owner", status_code=204)
async def make_owner(person_id: PersonId, request: Request, asker: Someone) -> Response:
    """Give the ownership to a member; who had it is an admin. Asks for `transfer_ownership`.

    Refuses: not_allowed, member_not_found, version_conflict.
    """
    admission = await asker.may("transfer_ownership")
    target = await member(asker, person_id)
    roles.check_transfer(standing(admission), target.role)
    addresses.check_heir(await directory.owned(asker.db, person_id))
    you, here = asker.person["id"], asker.community.community_id
    done = act(asker, request, "transfer_ownership", person_id, old=target.role)
    changed = await asker.db.batch(members.transfer(here, you, person_id), entry_of_change(done))
    if not changed[0]:
        raise Refused("version_conflict")
    for changed_person in (person_id, you):
        await readmitting.person(asker, changed_person)
    return Response(status_code=204)


@router.delete("/me/membership", status_code=204)
async def leave(request: Request, asker: Someone) -> Response:
    """Leave the community with all its rooms. Asks for `see_community`. Refuses: not_allowed."""
    admission = await asker.may("see_community")
    roles.check_departure(admission.community_role)
    you = asker.person["id"]
    await departures.remove(asker, you, act(asker, request, "leave_community", you))
    return Response(status_code=204, headers={"set-cookie": cookie("")})


async def member(asker: Asker, person_id: str) -> Member:
    """Somebody of this community. Refuses: member_not_found."""
    row = await members.one(asker.db, asker.community.community_id, person_id)
    if row is None:
        raise Refused("member_not_found")
    return Member(**row)


async def left_over(asker: Asker, person_id: str) -> Member | None:
    """Somebody to remove. None: they are removed already, and the rooms that a failure left them
    in hear of it now. Refuses: member_not_found."""
    here = asker.community.community_id
    row = await members.one(asker.db, here, person_id)
    if row is not None:
        return Member(**row)
    if not await members.rooms_of(asker.db, here, person_id):
        raise Refused("member_not_found")
    await departures.out_of_the_rooms(asker, person_id)
    return None
