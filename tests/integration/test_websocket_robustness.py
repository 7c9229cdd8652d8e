"""Frames that are cut up, broken or too large: the room goes on for everybody else.

Each scene begins with a legal post and ends with a post of somebody else. What workerd answers by
itself is stated as it is, where it is milder than RFC 6455 too.
"""

from collections.abc import AsyncIterator

import pytest

from schema import wire
from tests.cast import World
from tests.raw_socket import FIN, MORE, PING, PONG, RSV1, RSV2, RSV3, TEXT, raw_frame
from tests.scene import Scene, a_scene, padded, post
from tests.sight import sees_ref

PROTOCOL_ERROR, TOO_BIG = 1002, 1009
RUNTIME_LIMIT = 32 * 1_048_576


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    async with a_scene(world) as fresh:
        yield fresh


# Fragments


async def test_a_message_in_fragments_with_pings_between_them_is_one_message(scene: Scene) -> None:
    whole, line = post("parts", "In parts."), scene.ada
    line.sends(whole[:9], TEXT, flags=0)
    line.sends(b"one", PING)
    line.sends(whole[9:30], MORE, flags=0)
    line.sends(b"unasked", PONG)
    line.sends(b"", MORE, flags=0)
    line.sends(whole[30:], MORE)
    assert (await line.posted("parts")).message.content == "In parts."
    assert [frame.payload for frame in line.frames if frame.opcode == PONG] == [b"one"]
    await scene.goes_on(line)


async def test_a_letter_may_be_cut_in_two_by_a_fragment(scene: Scene) -> None:
    whole = post("cut", "Edda Jónsdóttir")
    at = whole.index("ó".encode()) + 1
    scene.ada.sends(whole[:at], TEXT, flags=0)
    scene.ada.sends(whole[at:], MORE)
    assert (await scene.ada.posted("cut")).message.content == "Edda Jónsdóttir"
    await scene.goes_on(scene.ada)


async def test_thousands_of_tiny_fragments_are_one_message(scene: Scene) -> None:
    whole = padded("tiny", 20_000)
    pieces = [raw_frame(whole[:1], TEXT, flags=0)]
    pieces += [raw_frame(whole[at : at + 1], MORE, flags=0) for at in range(1, len(whole))]
    scene.ada.sends_bytes(b"".join(pieces) + raw_frame(b"", MORE))
    await scene.ada.posted("tiny", within=20)
    await scene.goes_on(scene.ada)


async def test_half_a_message_and_then_silence_holds_nobody_back(scene: Scene) -> None:
    scene.ada.sends(post("half")[:20], TEXT, flags=0)
    whole = raw_frame(post("cut off"))
    silent = await scene.another_line()
    silent.sends_bytes(whole[: len(whole) // 2])
    await scene.goes_on(scene.ada)
    await scene.goes_on(silent)
    scene.ada.sends(post("half")[20:], MORE)
    silent.sends_bytes(whole[len(whole) // 2 :])
    await scene.ada.posted("half")
    await silent.until(lambda: silent.refusals() == ["bad_fields"], "its second half")
    await silent.ends()
    await scene.goes_on(scene.ada)


# What is no frame


BROKEN: dict[str, bytes] = {
    "reserved bit 2": raw_frame(b"{}", flags=FIN | RSV2),
    "reserved bit 3": raw_frame(b"{}", flags=FIN | RSV3),
    "compressed, but that was not agreed": raw_frame(b"{}", flags=FIN | RSV1),
    **{f"opcode {code}": raw_frame(b"{}", code) for code in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    "a fragment of nothing": raw_frame(b"{}", MORE),
    "a message within a message": raw_frame(b"{", flags=0) + raw_frame(b"{}"),
    "a ping in fragments": raw_frame(b"", PING, flags=0),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
async def test_a_frame_that_may_not_be_ends_its_own_line_alone(scene: Scene, data: bytes) -> None:
    scene.ada.sends_bytes(data)
    assert await scene.ada.until_closed() == PROTOCOL_ERROR
    await scene.goes_on()
    fresh = await scene.another_line()
    await scene.goes_on(fresh)
    await fresh.ends()


async def test_a_frame_without_a_mask_is_taken_like_any_other(scene: Scene) -> None:
    """RFC 6455 asks servers to close such a line; workerd does not, and nobody is harmed."""
    scene.ada.sends_bytes(raw_frame(post("bare"), mask=None))
    await scene.ada.posted("bare")
    await scene.goes_on(scene.ada)


async def test_a_ping_with_too_much_in_it_is_answered_all_the_same(scene: Scene) -> None:
    """RFC 6455 allows 125 bytes; workerd answers more."""

    def pongs() -> list[int]:
        return [len(frame.payload) for frame in scene.ada.frames if frame.opcode == PONG]

    for size in (125, 126, 70_000):
        scene.ada.sends(b"p" * size, PING)
        await scene.ada.until(lambda: size in pongs(), "a pong")  # noqa: B023
    assert pongs() == [125, 126, 70_000]
    await scene.goes_on(scene.ada)


async def test_wrong_utf_8_is_read_with_signs_in_place_of_what_is_none(scene: Scene) -> None:
    """RFC 6455 asks for a close with 1007; workerd puts U+FFFD there instead."""
    scene.ada.sends(post("good", "þ"))
    bad = b"\xff \xc3 \xed\xa0\x80 \xf4\x90\x80\x80"
    scene.ada.sends(post("bad", "?").replace(b"?", bad))
    assert (await scene.ada.posted("good")).message.content == "þ"
    assert (await scene.ada.posted("bad")).message.content == bad.decode("utf-8", "replace")
    seen = await scene.world.ben.until(sees_ref("bad", scene.world.ada))
    assert "\ufffd" in seen.message.content
    await scene.goes_on(scene.ada)


async def test_wrong_utf_8_across_two_fragments_is_no_letter(scene: Scene) -> None:
    whole = post("split", "?").replace(b"?", b"\xc3(")
    at = whole.index(b"(")
    scene.ada.sends(whole[:at], TEXT, flags=0)
    scene.ada.sends(whole[at:], MORE)
    assert (await scene.ada.posted("split")).message.content == "\ufffd("
    await scene.goes_on(scene.ada)


# Sizes


async def test_a_frame_may_have_65_536_bytes_and_not_one_more(scene: Scene) -> None:
    scene.ada.sends(padded("most", wire.FRAME_BYTES))
    await scene.ada.posted("most")
    scene.ada.sends(padded("more", wire.FRAME_BYTES + 1))
    await scene.ada.until(scene.ada.refusals, "a refusal")
    assert scene.ada.refusals() == ["frame_too_large"]
    await scene.goes_on(scene.ada)


async def test_the_sum_of_fragments_counts(scene: Scene) -> None:
    for ref, size in (("most", wire.FRAME_BYTES), ("more", wire.FRAME_BYTES + 1)):
        whole = padded(ref, size)
        scene.ada.sends(whole[:30_000], TEXT, flags=0)
        scene.ada.sends(whole[30_000:], MORE)
    await scene.ada.posted("most")
    await scene.ada.until(scene.ada.refusals, "a refusal")
    assert scene.ada.refusals() == ["frame_too_large"]
    await scene.goes_on(scene.ada)


async def test_ten_megabytes_are_one_refusal(scene: Scene) -> None:
    scene.ada.sends(b" " * 10_000_000)
    await scene.ada.until(scene.ada.refusals, "a refusal", within=20)
    assert scene.ada.refusals() == ["frame_too_large"]
    await scene.goes_on(scene.ada)


async def test_more_than_the_runtime_holds_closes_the_line(scene: Scene) -> None:
    """32 MiB is workerd's own limit, for one frame and for the sum of fragments."""
    piece = b" " * 4_194_304
    pieces = [raw_frame(piece, TEXT, flags=0), *[raw_frame(piece, MORE, flags=0)] * 8]
    for data in pieces:
        scene.ada.sends_bytes(data)
    assert await scene.ada.until_closed(within=20) == TOO_BIG
    await scene.goes_on()
    line = await scene.another_line()
    line.sends_bytes(
        raw_frame(b"").replace(b"\x80", b"\xff") + (RUNTIME_LIMIT + 1).to_bytes(8, "big")
    )
    assert await line.until_closed(within=20) == TOO_BIG
    await line.ends()
    await scene.goes_on()
