"""Chapters "The log", "Sending, and knowing that it is stored" and "Coming back"."""

import time
import uuid

import pytest

from tests.conformance import document
from tests.conformance.client import together
from tests.conformance.founding import Community
from tests.conformance.past import fill
from tests.conformance.witness import covers


@covers("command send_message", "event message_posted")
async def test_a_message_is_told_to_everyone_and_that_is_its_acknowledgement(
    town: Community,
) -> None:
    ada, ben, cleo = [await town.client(name) for name in ("ada", "ben", "cleo")]
    lines = await together(ada, ben, cleo, room_id=town.rooms["quay"])
    posted = await lines[0].says("The seedlings are in.", ref="a-1")
    message = posted["message"]
    assert message["author"] == ada.person and message["room_id"] == town.rooms["quay"]
    assert (message["message_type"], message["metadata"]) == ("text", {})
    assert abs(message["created_at"] - time.time() * 1000) < 60_000
    for line in lines[1:]:
        assert await line.until("message_posted") == posted
    [stored] = (await cleo.gets(f"/api/rooms/{town.rooms['quay']}/messages"))["events"]
    assert stored == posted


async def test_all_hear_one_order_without_a_gap(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    lines = await together(ada, ben, room_id=town.rooms["quay"])
    for index in range(10):
        for line in lines:
            await line.sends("send_message", ref=f"r-{index}", content=f"{index}")
    orders = []
    for line in lines:
        heard = [await line.until("message_posted") for _ in range(20)]
        orders.append([(event["seq"], event["message"]["id"]) for event in heard])
    assert orders[0] == orders[1]
    assert [seq for seq, _ in orders[0]] == list(range(1, 21))
    assert len({id for _, id in orders[0]}) == 20


async def test_the_same_ref_again_gives_the_first_message_to_its_author_alone(
    town: Community,
) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    line, other = await together(ada, ben, room_id=town.rooms["quay"])
    first = await line.says("Once.", ref="same")
    await line.says("Between.")
    await line.close()
    back = await ada.opens(town.rooms["quay"], 0)
    assert await back.says("Another text.", ref="same") == first
    assert back.doubles == 1
    await back.says("End.", ref="end")
    heard = await other.heard_until("message_posted", ref="end")
    refs = [event["ref"] for event in heard if event["type"] == "message_posted"]
    assert refs.count("same") == 1 and other.doubles == 0


async def test_a_ref_means_something_with_its_author_only(town: Community) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    line, other = await together(ada, ben, room_id=town.rooms["quay"])
    mine, theirs = await line.says("Mine.", ref="same"), await other.says("Theirs.", ref="same")
    assert mine["message"]["id"] != theirs["message"]["id"] and theirs["seq"] == mine["seq"] + 1


async def test_a_refused_ref_may_be_used_for_what_is_stored(town: Community) -> None:
    ada = await town.client("ada")
    line = await ada.opens(town.rooms["quay"])
    empty = {"type": "send_message", "ref": "a", "content": " "}
    assert (await line.is_refused("empty_message", empty))["ref"] == "a"
    assert (await line.says("Now with words.", ref="a"))["seq"] == 1


@pytest.mark.parametrize("missed", [0, 1, 51])
async def test_coming_back_gives_exactly_what_was_missed(town: Community, missed: int) -> None:
    ada, ben = await town.client("ada"), await town.client("ben")
    line, other = await together(ada, ben, room_id=town.rooms["quay"])
    await line.says("Before.")
    await line.close()
    for _ in range(missed):
        await other.sends("send_message", ref=str(uuid.uuid4()), content="Meanwhile.")
    if missed:
        await other.until("message_posted", seq=missed + 1)
    back = await ada.opens(town.rooms["quay"], 1)
    assert back.welcome["resumed"] is True and len(back.page["events"]) == missed
    assert (back.page["has_before"], back.page["has_after"]) == (True, False)


@covers("number RESUME_MAX", "limit The first frame 1000", "event too_far_behind")
async def test_a_thousand_missed_come_and_one_more_is_too_far_behind(town: Community) -> None:
    ada, most = await town.client("ada"), document.number("RESUME_MAX")
    head = await fill(ada, town, "quay", most + 1)
    assert head == most + 1
    near = await ada.opens(town.rooms["quay"], 1)
    assert near.welcome["resumed"] is True and len(near.page["events"]) == most
    far = await ada.opens(town.rooms["quay"], 0)
    assert far.too_far == {"type": "too_far_behind", "after": 0, "head_seq": head}
    assert far.welcome["resumed"] is False and far.page["has_before"] is True
    assert len(far.page["events"]) == document.number("PAGE")


async def test_a_seq_ahead_of_the_log_is_too_far_behind_as_well(town: Community) -> None:
    ada = await town.client("ada")
    line = await ada.opens(town.rooms["quay"])
    await line.says("One.")
    at_head = await ada.opens(town.rooms["quay"], 1)
    assert at_head.welcome["resumed"] is True
    ahead = await ada.opens(town.rooms["quay"], 2)
    assert ahead.too_far == {"type": "too_far_behind", "after": 2, "head_seq": 1}


@covers("limit Coming back 1000000")
@pytest.mark.parametrize(("count", "resumed"), [(110, True), (140, False)])
async def test_missed_entries_of_more_than_a_megabyte_are_too_far_behind(
    town: Community, count: int, resumed: bool
) -> None:
    ada = await town.client("ada")
    await fill(ada, town, "quay", count, "x" * document.number("CONTENT_LENGTH"))
    back = await ada.opens(town.rooms["quay"], 0)
    assert back.welcome["resumed"] is resumed and (back.too_far is None) is resumed
