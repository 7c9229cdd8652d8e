"""Frames as both servers send them are read as what they are."""

import orjson
import pytest

from tests.load.bare import Bare
from tests.load.ours import Ours
from tests.load.target import Heard, Plan

POSTED = {"type": "message_posted", "seq": 7, "ref": "a-1", "message": {}}
JOINED = {"type": "member_joined", "seq": 8, "at": 1, "person": {}}


def page(ref: str | None) -> dict[str, object]:
    return {"type": "history_loaded", "ref": ref, "events": [POSTED, JOINED]}


@pytest.mark.parametrize(
    ("events", "heard"),
    [
        ([POSTED, JOINED], Heard(entries=[("a-1", 7), (None, 8)])),
        (
            [{"type": "welcome", "head_seq": 8, "resumed": True}, page(None)],
            Heard(entries=[("a-1", 7), (None, 8)], head=8, resumed=True),
        ),
        ([page("p-1")], Heard(answers=["p-1"])),
        ([{"type": "refused", "ref": "a-1", "code": "too_fast"}], Heard(refused=["too_fast"])),
        ([{"type": "presence_changed", "arrived": [], "left": []}], Heard()),
    ],
    ids=["live", "first frame", "an answer is no delivery", "refused", "ephemeral"],
)
def test_a_frame_of_ours(events: list[dict[str, object]], heard: Heard) -> None:
    assert Ours(1, 1).decode(orjson.dumps({"events": events})) == heard


@pytest.mark.parametrize(
    ("frame", "heard"),
    [
        ({"seq": 7, "ref": "a-1", "content": "", "at": 1}, Heard(entries=[("a-1", 7)])),
        (
            {"head": 7, "page": [{"seq": 7, "ref": "a-1"}]},
            Heard(entries=[("a-1", 7)], head=7, resumed=True),
        ),
    ],
)
def test_a_frame_of_the_bare_room(frame: dict[str, object], heard: Heard) -> None:
    assert Bare(1, 1).decode(orjson.dumps(frame)) == heard


def test_a_foundation_has_each_person_in_their_rooms() -> None:
    ours = Ours(1, 1)
    ours.mark, ours.host = "m", "chat.m.localhost:1"
    body = ours.foundation(Plan("m", 3, [[0, 1], [1, 2]]))
    assert body["domains"] == ["chat.m.localhost"]
    assert [room["members"] for room in body["rooms"]] == [["m-p0", "m-p1"], ["m-p1", "m-p2"]]
    assert {person["id"] for person in body["people"]} == {"m-p0", "m-p1", "m-p2"}
