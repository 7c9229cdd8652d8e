"""Bad input gets one plain refusal, and the room goes on for everybody else."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from schema import wire
from tests.cast import World
from tests.person import Person
from tests.place import eventually
from tests.sight import either, sees, sees_ref, sees_refusal


def post(**changes: Any) -> str:
    return json.dumps({"type": "send_message", "ref": "r1", "content": "Hello.", **changes})


DEEP = 30_000
BAD: dict[str, tuple[str | bytes, str, str | None]] = {
    "no JSON": ("hello", "not_json", None),
    "nothing": ("", "not_json", None),
    "half a JSON": ('{"type":"send_message","ref":"r1","con', "not_json", None),
    "a list": ("[]", "bad_fields", None),
    "a number": ("1", "bad_fields", None),
    "null": ("null", "bad_fields", None),
    "no type": ('{"ref":"r1"}', "unknown_type", "r1"),
    "a type that is none": ('{"type":"shout","ref":"r1"}', "unknown_type", "r1"),
    "a type that is a list": ('{"type":[],"ref":"r1"}', "unknown_type", "r1"),
    "no content": ('{"type":"send_message","ref":"r1"}', "bad_fields", "r1"),
    "content that is no text": (post(content=5), "bad_fields", "r1"),
    "a field too many": (post(admin=True), "bad_fields", "r1"),
    "a graph from a socket": (post(message_type="graph"), "bad_fields", "r1"),
    "metadata from a socket": (post(metadata={"graph_id": "g1"}), "bad_fields", "r1"),
    "another author": (post(author={"id": "ben", "name": "Ben"}), "bad_fields", "r1"),
    "no ref": ('{"type":"send_message","content":"Hello."}', "bad_fields", None),
    "an empty ref": (post(ref=""), "bad_fields", None),
    "a ref that is too long": (post(ref="r" * 65), "bad_fields", None),
    "a ref with a space": (post(ref="r 1"), "bad_fields", "r 1"),
    "typing that is no yes or no": ('{"type":"set_typing","typing":[]}', "bad_fields", None),
    "20,000 characters": (post(content="a" * 20_000), "too_long", "r1"),
    "10,000 letters as escapes": (post(content="é" * 10_000), "too_long", "r1"),
    "70 kB": (post(content="a" * 70_000), "frame_too_large", None),
    "70 kB in few characters": (post(content="x") + " " * 65_536, "frame_too_large", None),
    "binary": (b'{"type":"send_message","ref":"r1","content":"Hello."}', "not_text", None),
    "a lone surrogate": (
        '{"type":"send_message","ref":"r1","content":"\\ud800"}',
        *("not_json", None),
    ),
    "empty text": (post(content=""), "empty_message", "r1"),
    "white space": (post(content=" \n\t\u2003 "), "empty_message", "r1"),
    "control characters": (post(content="\x00\x07\x1b"), "empty_message", "r1"),
    "a number of 5,000 digits": (
        '{"type":"load_history","ref":"r1","limit":' + "9" * 5_000 + "}",
        *("not_json", None),
    ),
    "not a number": ('{"type":"load_history","ref":"r1","limit":NaN}', "bad_fields", "r1"),
}


@pytest.mark.parametrize(("frame", "code", "ref"), BAD.values(), ids=BAD)
async def test_a_bad_frame_gets_one_refusal_with_a_code_and_its_ref(
    world: World, frame: str | bytes, code: str, ref: str | None
) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    await ada.says_frame(frame)
    no = await ada.until(sees_refusal(code, ref))
    assert no.detail
    assert (await ada.posts("Sorry.", ref="r2")).seq == 1
    assert len(ada.all(wire.CommandRefused)) == 1
    await ben.until(sees("Sorry."))
    assert ben.all(wire.CommandRefused) == []
    assert (await ben.posts("No harm done.")).seq == 2


BOMBS = {
    "lists": "[" * 2 * DEEP,
    "closed lists": "[" * DEEP + "]" * DEEP,
    "objects": '{"a":' * 12_000,
    "content of lists": post()[:-1] + ',"content":' + "[" * DEEP + "]" * DEEP + "}",
    "lists that begin as a ref": '{"ref":' + "[" * 2 * DEEP,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
async def test_a_bomb_of_nested_json_is_refused_and_the_room_goes_on(
    world: World, bomb: str
) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    before = (await world.vitals(world.commons)).incarnation
    await ada.says_frame(bomb)
    await ada.posts("Still here.")
    assert [no.code for no in ada.all(wire.CommandRefused)] == ["not_json"]
    await ben.until(sees("Still here."))
    assert (await world.vitals(world.commons)).incarnation == before


async def test_a_text_frame_that_is_no_utf8_harms_nobody_else(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    await ada.says_frame(b'{"type":"send_message","ref":"r1","content":"\xff"}', text=True)
    await ben.posts("Go on.")
    await ben.until(sees("Go on."))
    assert ben.closed is None


async def test_a_ref_that_is_refused_may_be_used_again(world: World) -> None:
    await world.ada.opens(world.commons)
    await world.ada.says_frame(post(content=""))
    await world.ada.until(sees_refusal("empty_message", "r1"))
    assert (await world.ada.posts("Now with words.", ref="r1")).seq == 1


async def test_who_is_too_fast_is_asked_to_wait(world: World) -> None:
    ada = world.ada
    await ada.opens(world.commons)
    [welcome] = ada.all(wire.Welcome)
    last = welcome.limits.burst + 60
    for number in range(last):
        await ada.says_frame(post(ref=f"r{number}"))

    def answered() -> int:
        return len(ada.all(wire.MessagePosted)) + len(ada.all(wire.CommandRefused))

    await eventually(lambda: answered() >= last, "every post is answered")
    posted, refused = ada.all(wire.MessagePosted), ada.all(wire.CommandRefused)
    assert len(posted) + len(refused) == last
    assert [event.ref for event in posted][:100] == [f"r{number}" for number in range(100)]
    assert len(posted) >= welcome.limits.burst
    assert {no.code for no in refused} == {"too_fast"}
    assert all(no.retry_after_ms for no in refused)


async def test_a_flood_is_shown_out_and_the_others_talk_on(world: World) -> None:
    ada, ben, cleo = world.ada, world.ben, world.cleo
    for person in (ada, ben, cleo):
        await person.opens(world.commons)

    async def floods() -> int:
        with suppress(ConnectionClosed):
            for number in range(1_500):
                await ada.says_frame(post(ref=f"flood-{number}", content="Buy now!"))
        return await ada.until_closed()

    flood = asyncio.create_task(floods())
    for number in range(10):
        await ben.posts(f"Calm {number}.")
        await cleo.until(sees(f"Calm {number}."))
    assert await flood == wire.CloseCode.FLOOD
    assert len([m for m in cleo.all(wire.MessagePosted) if m.message.author.id == ada.id]) < 300
    assert cleo.all(wire.CommandRefused) == []
    await ada.comes_back()
    await asyncio.gather(posts_when_calm(ada), cleo.until(sees("I will behave.")))


async def posts_when_calm(person: Person) -> None:
    """As a client does: wait as long as the refusal says, then send the same again."""
    ref = "calm"
    while True:
        person.forgets()
        await person.says(type="send_message", ref=ref, content="I will behave.")
        refusal = sees_refusal("too_fast", ref)
        answer = await person.until(either(sees_ref(ref, person), refusal))
        if isinstance(answer, wire.MessagePosted):
            return
        assert isinstance(answer, wire.CommandRefused)
        await asyncio.sleep((answer.retry_after_ms or 0) / 1000)
