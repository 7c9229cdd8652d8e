"""Chapter "Typing": said again and again, heard at most every two seconds, and fading by itself."""

import contextlib
import time

from tests.conformance import document
from tests.conformance.client import together
from tests.conformance.founding import Community
from tests.conformance.witness import covers

EVERY_S = 2.0


@covers("command set_typing", "event typing_changed", "number TYPING_MS")
async def test_typing_is_heard_by_everybody_and_fades(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    lines = await together(ada, ben, room_id=town.rooms["quay"])
    await lines[0].sends("set_typing", typing=True)
    for line in lines:
        heard = await line.until("typing_changed")
        assert heard["person"] == ada.person and heard["typing"] is True
        left = heard["until"] - time.time() * 1000
        assert document.number("TYPING_MS") - 2_000 < left < document.number("TYPING_MS") + 500


async def test_stopping_is_heard(town: Community) -> None:
    ada = await town.client("ada")
    line = await ada.opens(town.rooms["quay"])
    await line.sends("set_typing", typing=True)
    await line.until("typing_changed", typing=True)
    await line.sends("set_typing", typing=False)
    stopped = await line.until("typing_changed", typing=False)
    assert abs(stopped["until"] - time.time() * 1000) < 2_000


@covers("limit Typing 2")
async def test_the_same_typing_is_heard_at_most_every_two_seconds(town: Community) -> None:
    ada = await town.client("ada")
    line = await ada.opens(town.rooms["quay"])
    await line.sends("set_typing", typing=True)
    await line.until("typing_changed")
    start = time.monotonic()
    again = None
    while again is None and time.monotonic() - start < EVERY_S + 1:
        await line.sends("set_typing", typing=True)
        with contextlib.suppress(TimeoutError):
            again = await line.until("typing_changed", within=0.1)
    assert EVERY_S - 0.3 < time.monotonic() - start < EVERY_S + 0.9


async def test_a_message_ends_typing_without_another_event(town: Community) -> None:
    """After it, typing is news again at once, which it would not be of the same typing."""
    ada = await town.client("ada")
    line = await ada.opens(town.rooms["quay"])
    await line.sends("set_typing", typing=True)
    await line.sends("send_message", ref="m", content="Said.")
    await line.sends("set_typing", typing=True)
    heard = await line.heard_until("message_posted", ref="m")
    heard += await line.heard_until("typing_changed")
    told = [event["typing"] for event in heard if event["type"] == "typing_changed"]
    assert told == [True, True]


async def test_typing_is_not_stored_and_not_in_the_log(town: Community) -> None:
    ada = await town.client("ada")
    line = await ada.opens(town.rooms["quay"])
    await line.sends("set_typing", typing=True)
    await line.until("typing_changed")
    back = await ada.opens(town.rooms["quay"], 0)
    assert back.welcome["head_seq"] == 0 and back.page["events"] == []


async def test_a_visitor_cannot_type(town: Community) -> None:
    ada, cleo = await town.client("ada"), await town.client("cleo")
    line, other = await together(ada, cleo, room_id=town.rooms["quay"])
    typing = {"type": "set_typing", "typing": True, "ref": "t"}
    assert (await other.is_refused("join_first", typing))["ref"] == "t"
    del typing["ref"]
    assert (await other.is_refused("join_first", typing))["ref"] is None
    await line.sends("send_message", ref="end", content="End.")
    heard = await line.heard_until("message_posted", ref="end")
    assert "typing_changed" not in [event["type"] for event in heard]
