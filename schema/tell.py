"""Frames as text. What is in the log is text already and is never parsed to be sent on."""

import json

from pydantic import BaseModel

from schema.refusals import Refused
from schema.wire import CommandRefused


def frame(events: list[str]) -> str:
    """One frame of many events."""
    return '{"events":[' + ",".join(events) + "]}"


def event(told: BaseModel) -> str:
    return told.model_dump_json()


def history_loaded(ref: str | None, events: str, has_before: bool, has_after: bool) -> str:
    """A `HistoryLoaded` around log entries that are joined by commas already."""
    page = _page(events, has_before, has_after)
    return f'{{"type":"history_loaded","ref":{json.dumps(ref)},{page}}}'


def log_page(events: str, head_seq: int, has_before: bool, has_after: bool) -> str:
    """A `schema.http.LogPage` around log entries."""
    return f'{{"head_seq":{head_seq},{_page(events, has_before, has_after)}}}'


def _page(events: str, has_before: bool, has_after: bool) -> str:
    around = f'"has_before":{json.dumps(has_before)},"has_after":{json.dumps(has_after)}'
    return f'"events":[{events}],{around}'


def refused(no: Refused, ref: str | None) -> str:
    return CommandRefused(
        ref=ref, code=no.code, detail=no.detail, retry_after_ms=no.retry_after_ms
    ).model_dump_json()
