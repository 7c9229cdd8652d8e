"""The audit log: who did what to whom, read by admins and taken out as a file."""

import json
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response

from access.acting import act
from access.asker import Asker, Someone
from domain import audit_text
from edge.routing import routes
from records import audit_log
from records.audit_log import Wanted, entry
from schema.audit import AuditEntry, AuditPage
from schema.ids import ID_PATTERN, LARGEST_SEQ
from schema.wire import PAGE, PAGE_MAX, Person

router = routes("/api/audit-log")
EXPORT_MOST = 5_000
AnId = Annotated[str | None, Query(pattern=ID_PATTERN)]
Moment = Annotated[int | None, Query(ge=0, le=LARGEST_SEQ)]
FILES = {
    "csv": ("text/csv", audit_text.as_csv),
    "jsonl": ("application/jsonl", audit_text.as_lines),
}
DESCRIBED: dict[str, Any] = {media: {"schema": {"type": "string"}} for media, _ in FILES.values()}


async def wanted(
    actor: AnId = None,
    action: Annotated[str | None, Query(max_length=60)] = None,
    target: AnId = None,
    since: Moment = None,
    until: Moment = None,
    cursor: AnId = None,
) -> Wanted:
    """The filters of a query."""
    return Wanted(actor, action, target, since, until, cursor)


Which = Annotated[Wanted, Depends(wanted)]


@router.get("")
async def log_page(
    which: Which, asker: Someone, limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = PAGE
) -> AuditPage:
    """A page of acts, the newest first. Asks for `read_audit_log`. Refuses: not_allowed."""
    await asker.may("read_audit_log")
    found = await entries(asker, which, limit + 1)
    shown = found[:limit]
    return AuditPage(entries=shown, next=shown[-1].id if len(found) > limit else None)


@router.get("/export", response_class=Response, responses={200: {"content": DESCRIBED}})
async def export(
    which: Which,
    request: Request,
    asker: Someone,
    kind: Annotated[Literal["csv", "jsonl"], Query(alias="format")] = "csv",
) -> Response:
    """The acts as a file; that is an act itself. Asks for `export_audit_log`.

    Refuses: not_allowed.
    """
    await asker.may("export_audit_log")
    media, write = FILES[kind]
    text = write(await entries(asker, which, EXPORT_MOST))
    await asker.db.batch(entry(act(asker, request, "export_audit_log", format=kind)))
    named = f'attachment; filename="audit-log.{kind}"'
    return Response(text, media_type=media, headers={"content-disposition": named})


async def entries(asker: Asker, which: Wanted, limit: int) -> list[AuditEntry]:
    rows = await audit_log.page(asker.db, asker.community.community_id, which, limit)
    return [_entry(row) for row in rows]


def _entry(row: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        at=row["at"],
        actor=Person(id=row["actor_id"], name=row["actor_name"]),
        action=row["action"],
        target_id=row["target_id"],
        target=row["target_name"],
        room_id=row["room_id"] or None,
        room=row["room_name"],
        address=row["address"],
        details=json.loads(row["details"]),
    )
