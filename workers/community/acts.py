"""What an admin did to their community, for the audit log."""

from dataclasses import replace
from typing import Any

from fastapi import Request

from access.acting import act
from access.asker import Asker
from records import audit_log
from records.db import Statement


def kept(
    asker: Asker, request: Request, action: str, community_id: str = "", **details: Any
) -> Statement:
    """The statement that keeps it, for the batch of the change; of this community if not named."""
    here = community_id or asker.community.community_id
    done = act(asker, request, action, here, **details)
    return audit_log.entry(replace(done, community_id=here))
