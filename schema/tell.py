"""Frames as text. What is in the log is text already and is never parsed to be sent on."""

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
    return (
        f'{{"type":"history_loaded","ref":{"null" if ref is None else chr(34) + ref + chr(34)},'
        f'"events":[{events}],"has_before":{str(has_before).lower()},'
        f'"has_after":{str(has_after).lower()}}}'
    )


def log_page(events: str, head_seq: int, has_before: bool, has_after: bool) -> str:
    """A `schema.http.LogPage` around log entries."""
    return (
        f'{{"events":[{events}],"head_seq":{head_seq},"has_before":{str(has_before).lower()},'
        f'"has_after":{str(has_after).lower()}}}'
    )


def refused(no: Refused, ref: str | None) -> str:
    return CommandRefused(
        ref=ref, code=no.code, detail=no.detail, retry_after_ms=no.retry_after_ms
    ).model_dump_json()
