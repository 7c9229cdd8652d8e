"""An act for the audit log: who asks, from where, and what they do."""

from typing import Any

from fastapi import Request

from access.asker import Asker
from domain.signing_in import sender
from edge.clock import new_id, now_ms
from records.audit_log import Act


def act(
    asker: Asker,
    request: Request,
    action: str,
    target_id: str = "",
    room_id: str = "",
    **details: Any,
) -> Act:
    """What this request does, for the batch that does it."""
    return Act(
        id=new_id(),
        community_id=asker.community.community_id,
        at=now_ms(),
        actor_id=asker.person["id"],
        action=action,
        target_id=target_id,
        room_id=room_id,
        address=sender(request.headers),
        details=details,
    )
