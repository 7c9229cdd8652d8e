"""The recorded frames, replayed: the same files that frontend/src/timeline replays in TypeScript.

The rule a client follows (docs/protocol.md): take each seq once, in order; a page after
`too_far_behind` replaces everything; what comes beyond a hole waits for the resume.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from schema import tell
from schema.wire import HistoryLoaded, LoggedEvent, MessagePosted, ServerFrame, TooFarBehind

FRAMES = sorted((Path(__file__).parents[1] / "frames").glob("*.json"))
LOGGED: TypeAdapter[LoggedEvent] = TypeAdapter(LoggedEvent)


def replay(recording: dict[str, Any]) -> dict[int, LoggedEvent]:
    log = {event["seq"]: LOGGED.validate_python(event) for event in recording["start"]}
    for frame in recording["frames"]:
        for event in ServerFrame.model_validate(frame).events:
            if isinstance(event, TooFarBehind):
                log = {}
            elif isinstance(event, HistoryLoaded):
                log |= {one.seq: one for one in event.events}
            elif hasattr(event, "seq") and event.seq == max(log, default=0) + 1:
                log[event.seq] = event
    return log


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.stem)
def test_a_recording_ends_in_the_log_that_it_names(path: Path) -> None:
    recording = json.loads(path.read_text(encoding="utf-8"))
    log = replay(recording)
    said = [log[seq] for seq in sorted(log)]
    texts = [event.message.content for event in said if isinstance(event, MessagePosted)]
    assert sorted(log) == recording["seqs"]
    assert texts == recording["texts"]


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.stem)
def test_a_recording_is_what_the_server_writes(path: Path) -> None:
    for frame in json.loads(path.read_text(encoding="utf-8"))["frames"]:
        events = ServerFrame.model_validate(frame).events
        assert json.loads(tell.frame([tell.event(event) for event in events])) == frame


def test_there_are_recordings() -> None:
    assert len(FRAMES) >= 5
