"""What somebody did, as the audit log keeps it."""

from typing import Any

from fastapi import Request

from access.asker import Asker
from domain import signing_in
from edge.clock import new_id, now_ms
from records.audit_log import Act


def act(asker: Asker, request: Request, action: str, target_id: str = "", **details: Any) -> Act:
    """An act of who asks, here, now, from where the request came."""
    return Act(
        id=new_id(),
        community_id=asker.community.community_id,
        at=now_ms(),
        actor_id=asker.person["id"],
        action=action,
        target_id=target_id,
        address=signing_in.sender(request.headers.get("cf-connecting-ip")),
        details=details,
    )
