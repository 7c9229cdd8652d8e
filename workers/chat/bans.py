"""Keeping people out of the community, and letting them in again."""

from typing import Any

from fastapi import Request, Response

from access.acting import act
from access.asker import Asker, Someone
from chat import departures
from chat.members import PersonId
from domain import bans as rules
from domain import roles
from domain.bans import Kept
from domain.permissions import standing
from edge.clock import now_ms
from edge.routing import routes
from records import bans, communities, members
from records.audit_log import entry_of_change
from schema.members import Ban, BanList, NewBan
from schema.refusals import Refused
from schema.rpc import Admission
from schema.wire import Person

router = routes("/api")


@router.post("/members/{person_id}/ban")
async def ban(person_id: PersonId, body: NewBan, request: Request, asker: Someone) -> Ban:
    """Remove somebody and keep them out. Asks for `ban_member`.

    Refuses: not_allowed, member_not_found, version_conflict.
    """
    admission = await asker.may("ban_member")
    await check(asker, admission, person_id)
    rules.check_end(body.until, now_ms())
    here, kept = asker.community.community_id, Kept(body.reason, body.until)
    done = act(asker, request, "ban_member", person_id, reason=kept.reason, until=kept.until)
    banned = bans.add(here, person_id, asker.person["id"], kept, done.at)
    if not await departures.ban(asker, person_id, done, banned):
        raise Refused("version_conflict")
    row = await bans.one(asker.db, here, person_id)
    if row is None:
        raise Refused("version_conflict")
    return shown(row)


@router.get("/bans")
async def ban_list(asker: Someone) -> BanList:
    """Who is kept out, the newest first. Asks for `ban_member`. Refuses: not_allowed."""
    await asker.may("ban_member")
    rows = await bans.all_of(asker.db, asker.community.community_id, now_ms())
    return BanList(bans=[shown(row) for row in rows])


@router.delete("/bans/{person_id}", status_code=204)
async def lift(person_id: PersonId, request: Request, asker: Someone) -> Response:
    """Let somebody come in again whom nobody above you keeps out. Asks for `ban_member`.

    Refuses: not_allowed, member_not_found.
    """
    admission = await asker.may("ban_member")
    await check_banner(asker, admission, person_id)
    here, done = asker.community.community_id, act(asker, request, "lift_ban", person_id)
    changed = await asker.db.batch(bans.lift(here, person_id), entry_of_change(done))
    if not changed[0]:
        raise Refused("member_not_found", "Nobody by this id is banned here.")
    return Response(status_code=204)


async def check(asker: Asker, admission: Admission, person_id: str) -> None:
    """Members below oneself, and whom nobody above oneself keeps out already. Refuses:
    not_allowed, member_not_found."""
    here = asker.community.community_id
    row = await members.one(asker.db, here, person_id)
    if row is not None:
        roles.check_removal(standing(admission), "ban_member", row["role"])
    elif not await check_banner(asker, admission, person_id):
        raise Refused("member_not_found")


async def check_banner(asker: Asker, admission: Admission, person_id: str) -> bool:
    """Whether there is a ban, which is theirs to change. Refuses: not_allowed."""
    here = asker.community.community_id
    kept = await bans.one(asker.db, here, person_id)
    if kept is not None and (kept["until"] is None or kept["until"] > now_ms()):
        rules.check_banner(
            standing(admission), await communities.role(asker.db, here, kept["by_id"])
        )
    return kept is not None


def shown(row: dict[str, Any]) -> Ban:
    return Ban(
        person=Person(id=row["person_id"], name=row["person_name"]),
        by=Person(id=row["by_id"], name=row["by_name"]),
        reason=row["reason"],
        at=row["at"],
        until=row["until"],
    )
