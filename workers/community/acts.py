"""What an admin did to their community, for the audit log."""

from typing import Any

from fastapi import Request

from access.acting import act
from access.asker import Asker
from records import audit_log
from records.db import Statement


def kept(asker: Asker, request: Request, action: str, **details: Any) -> Statement:
    """The statement that keeps it, for the batch of the change."""
    return audit_log.entry(act(asker, request, action, asker.community.community_id, **details))
