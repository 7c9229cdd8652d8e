"""What somebody gets who opens a room: a page, or just what they missed."""

from typing import Literal

from schema.wire import RESUME_MAX

Start = Literal["latest", "missed", "too_far"]


def start(after: int | None, head: int) -> Start:
    """`after` is the last seq that their client has. A seq that never was counts as too far."""
    if after is None:
        return "latest"
    missed = head - after
    return "missed" if 0 <= missed <= RESUME_MAX else "too_far"
