"""What an admin did, for the audit log."""

from typing import Any

from fastapi import Request

from access.asker import Asker
from domain.signing_in import sender
from edge.clock import new_id, now_ms
from records import audit_log
from records.db import Statement


def kept(
    asker: Asker, request: Request, action: str, community_id: str = "", **details: Any
) -> Statement:
    """The statement that keeps it, for the batch of the change; of this community if not named."""
    here = community_id or asker.community.community_id
    act = audit_log.Act(
        id=new_id(),
        community_id=here,
        at=now_ms(),
        actor_id=asker.person["id"],
        action=action,
        target_id=here,
        address=sender(request.headers.get("cf-connecting-ip")),
        details=details,
    )
    return audit_log.entry(act)
