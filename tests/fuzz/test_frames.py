"""Thousands of hostile frames fall on a room, and nobody else in it notices more than a delay.

`npm run fuzz` lets more of them fall.
"""

import asyncio

import pytest

from schema import wire
from tests.cast import World
from tests.fuzz import lane, oracle
from tests.fuzz.barrage import Barrage, WrongFrame
from tests.fuzz.campaign import campaign, open_fire
from tests.fuzz.frames import Frame
from tests.fuzz.ground import Ground
from tests.fuzz.ledger import Due, Ledger, Wrong
from tests.platform import Platform

CASES, SEED = 3_000, 1


async def test_the_room_answers_every_frame_and_lives(platform: Platform) -> None:
    report = await campaign(platform, CASES, SEED)
    print(report)
    assert report.cases >= CASES
    assert report.different > 0.5 * CASES
    assert report.stored > 0.01 * CASES


async def test_a_wrong_answer_is_found_and_made_small(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An oracle that has a wrong idea of long refs stands for a room with a fault."""

    def mistaken(frame: Frame, may_post: bool = True) -> oracle.Answer:
        answer = oracle.expected(frame, may_post)
        return oracle.no("not_json") if isinstance(answer, oracle.Posted) else answer

    monkeypatch.setattr(lane, "expected", mistaken)
    for person in (world.ada, world.finn):
        await person.signs_in()
    barrage = Barrage(world.ada, world.finn, Ground([world.ada]))
    await asyncio.to_thread(barrage.take_ground)
    with pytest.raises(WrongFrame) as wrong:
        await asyncio.to_thread(open_fire, barrage, 300, SEED)
    barrage.close()
    assert b'"type":"send_message"' in wrong.value.frame.payload
    assert len(wrong.value.frame.payload) < 90


def posted(seq: int, ref: str, content: str = "Hi.") -> wire.MessagePosted:
    author = wire.Person(id="ada", name="Ada")
    message = wire.Message(
        id=f"m{seq}",
        room_id="hall",
        author=author,
        content=content,
        message_type="text",
        metadata={},
        created_at=1,
    )
    return wire.MessagePosted(seq=seq, ref=ref, message=message)


def page(*events: wire.MessagePosted, before: bool = False, after: bool = False) -> wire.Event:
    told: list[wire.LoggedEvent] = [*events]
    return wire.HistoryLoaded(ref="p", events=told, has_before=before, has_after=after)


def refused(code: str, ref: str | None = "r1") -> wire.CommandRefused:
    return wire.CommandRefused(ref=ref, code=code, detail="No.", retry_after_ms=5)


HI, LATEST = oracle.Posted("r1", "Hi."), oracle.Paged("p", None, None, 1)
BAD = oracle.No(frozenset({"bad_fields"}), frozenset({"r1"}))
WRONG: dict[str, tuple[list[oracle.Answer], list[wire.Event]]] = {
    "no answer": ([HI], []),
    "another text": ([HI], [posted(1, "r1", "Ho.")]),
    "another ref": ([HI], [posted(1, "r2")]),
    "a gap": ([HI], [posted(2, "r1")]),
    "stored twice": ([HI], [posted(1, "r1"), posted(2, "r1")]),
    "told twice": ([HI], [posted(1, "r1"), posted(1, "r1")]),
    "another first message": ([HI, HI], [posted(1, "r1"), posted(1, "r1", "Ho.")]),
    "broken": ([HI], [refused("broken")]),
    "another code": ([BAD], [refused("not_json")]),
    "another ref of a refusal": ([BAD], [refused("bad_fields", None)]),
    "two refusals": ([BAD], [refused("bad_fields"), refused("bad_fields")]),
    "too fast where there is no pace": ([BAD], [refused("too_fast")]),
    "a pong too many": ([], [wire.Pong()]),
    "a page of another message": ([HI, LATEST], [posted(1, "r1"), page(posted(1, "r1", "Ho."))]),
    "a page that is empty": ([HI, LATEST], [posted(1, "r1"), page()]),
    "a page with more after it": (
        [HI, LATEST],
        [posted(1, "r1"), page(posted(1, "r1"), after=True)],
    ),
    "a welcome again": ([], [wire.TooFarBehind(after=1, head_seq=1)]),
}


@pytest.mark.parametrize(("asked", "heard"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_seen(asked: list[oracle.Answer], heard: list[wire.Event]) -> None:
    with pytest.raises(Wrong):
        answered(asked, heard)


def test_right_answers_pass_and_refusals_may_overtake() -> None:
    heard: list[wire.Event] = [
        refused("bad_fields"),
        posted(1, "r1"),
        page(posted(1, "r1")),
        posted(1, "r1"),
    ]
    answered([HI, BAD, LATEST, HI, oracle.Silent(None)], heard)
    answered([HI], [refused("too_fast")], paced=True)


def answered(asked: list[oracle.Answer], heard: list[wire.Event], paced: bool = False) -> None:
    ledger = Ledger("ada")
    due: Due = ledger.begin(asked, paced)
    for event in heard:
        ledger.hear(event, due)
    due.check_over()
