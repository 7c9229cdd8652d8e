"""D1 `audit_log`: who did what to whom, when and from where. Append only; a trigger holds it."""

import json
from dataclasses import dataclass, field
from typing import Any

from records.db import Statement
from schema.ids import Millis


@dataclass(frozen=True)
class Act:
    """One thing that somebody did in a community; `target_id` is whom or what it was done to."""

    id: str
    community_id: str
    at: Millis
    actor_id: str
    action: str
    target_id: str = ""
    room_id: str = ""
    address: str = ""
    details: dict[str, Any] = field(default_factory=dict)


COLUMNS = "id, community_id, at, actor_id, action, target_id, room_id, address, details"


def entry(act: Act) -> Statement:
    """The statement that keeps an act, for the batch that does it: both or neither."""
    return _kept(act, "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")


def entry_of_change(act: Act) -> Statement:
    """The same, if the statement right before it in the batch changed anything."""
    return _kept(act, "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE changes() > 0")


def _kept(act: Act, values: str) -> Statement:
    return (
        f"INSERT INTO audit_log ({COLUMNS}) {values}",
        *(act.id, act.community_id, act.at, act.actor_id, act.action),
        *(act.target_id, act.room_id, act.address, json.dumps(act.details)),
    )
