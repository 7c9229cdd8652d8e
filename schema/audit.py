"""The audit log, as admins read it."""

from typing import Any

from schema.http import Body
from schema.ids import Id, Millis
from schema.wire import Person


class AuditEntry(Body):
    """Who did what to whom, when and from where. A name is empty where none is known."""

    id: Id
    at: Millis
    actor: Person
    action: str
    target_id: str
    target: str
    room_id: Id | None
    room: str
    address: str
    details: dict[str, Any]


class AuditPage(Body):
    """Entries, the newest first. `next` is the cursor of the page after this one."""

    entries: list[AuditEntry]
    next: str | None
