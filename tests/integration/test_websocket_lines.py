"""Lines that are compressed, flooded or closed in odd ways: the room goes on for everybody else."""

import zlib
from collections.abc import AsyncIterator

import pytest

from schema import wire
from tests import raw_socket
from tests.cast import World
from tests.raw_socket import BINARY, CLOSE, FIN, PING, PONG, RSV1, Line, raw_frame, sees_page
from tests.scene import Scene, a_scene, padded, post
from tests.sight import sees_departure, sees_ref

DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n"
PROTOCOL_ERROR, TOO_BIG = 1002, 1009


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    async with a_scene(world) as fresh:
        yield fresh


# Compression


def deflated(data: bytes) -> bytes:
    """A message as permessage-deflate sends it, without what came before it."""
    packer = zlib.compressobj(9, wbits=-15)
    return (packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\0\0\xff\xff")


def inflated(line: Line) -> str:
    """Everything that came in compressed frames, which continue each other."""
    opener = zlib.decompressobj(wbits=-15)
    packed = [frame.payload for frame in line.frames if frame.flags & RSV1]
    return b"".join(opener.decompress(one + b"\0\0\xff\xff") for one in packed).decode()


async def test_compression_is_agreed_to_and_a_compressed_frame_is_read(scene: Scene) -> None:
    assert scene.ada.extensions == ""
    line = await scene.another_line(DEFLATE)
    assert line.extensions.startswith("permessage-deflate")
    line.sends(deflated(post("packed", "Small.")), flags=FIN | RSV1)
    await line.until(lambda: '"ref":"packed"' in inflated(line), "its own message")
    seen = await scene.world.ben.until(sees_ref("packed", scene.world.ada))
    assert seen.message.content == "Small."
    line.sends(post("plain", "Not packed."))
    await line.until(lambda: '"ref":"plain"' in inflated(line), "a plain one among them")
    await line.ends()
    await scene.goes_on(scene.ada)


async def test_a_bomb_of_compressed_bytes_is_too_large_and_no_more(scene: Scene) -> None:
    line = await scene.another_line(DEFLATE)
    line.sends(deflated(padded("most", wire.FRAME_BYTES)), flags=FIN | RSV1)
    await line.until(lambda: '"ref":"most"' in inflated(line), "the largest legal one")
    line.sends(deflated(padded("more", wire.FRAME_BYTES + 1)), flags=FIN | RSV1)
    line.sends(deflated(b" " * 20_000_000), flags=FIN | RSV1)
    await line.until(lambda: inflated(line).count("frame_too_large") == 2, "two refusals", 20)
    await scene.goes_on(scene.ada)
    line.sends(deflated(b" " * 200_000_000), flags=FIN | RSV1)
    assert await line.until_closed(within=20) == TOO_BIG
    await line.ends()
    await scene.goes_on(scene.ada)


async def test_what_does_not_inflate_ends_its_own_line(scene: Scene) -> None:
    line = await scene.another_line(DEFLATE)
    line.sends(b"\xff" * 40, flags=FIN | RSV1)
    assert await line.until_closed() in (PROTOCOL_ERROR, 1006, 1007)
    await line.ends()
    await scene.goes_on(scene.ada)


# Floods of what costs nothing


FLOOD = 10_000


async def test_after_ten_thousand_pings_the_last_is_answered_and_nobody_waits(
    scene: Scene,
) -> None:
    """One pong may stand for several pings: RFC 6455 allows it, and workerd does it."""
    scene.ada.sends_bytes(raw_frame(b"ping", PING) * FLOOD + raw_frame(b"last", PING))
    await scene.goes_on()

    def pongs() -> list[bytes]:
        return [frame.payload for frame in scene.ada.frames if frame.opcode == PONG]

    await scene.ada.until(lambda: b"last" in pongs(), "the last pong", within=30)
    assert len(pongs()) <= FLOOD + 1
    await scene.goes_on(scene.ada)


async def test_ten_thousand_pings_as_text_are_answered_and_nobody_waits(scene: Scene) -> None:
    scene.ada.sends_bytes(raw_frame(wire.PING.encode()) * FLOOD)
    await scene.goes_on()

    def pongs() -> int:
        return sum(frame.payload == wire.PONG.encode() for frame in scene.ada.frames)

    await scene.ada.until(lambda: pongs() == FLOOD, "every pong", within=60)
    assert scene.ada.refusals() == []
    await scene.goes_on(scene.ada)


# Closing


@pytest.mark.parametrize(
    ("payload", "answered"),
    [
        (b"", 1000),
        (b"\x03\xe8", 1000),
        (b"\x03\xe8bye", 1000),
        (b"\x0f\xa0", 4000),
        (b"\x03", 1000),
    ],
    ids=["without a code", "1000", "with a reason", "4000", "with half a code"],
)
async def test_a_close_is_answered(scene: Scene, payload: bytes, answered: int) -> None:
    scene.ada.sends(payload, CLOSE)
    assert await scene.ada.until_closed() == answered
    await scene.goes_on()


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535])
async def test_a_close_with_a_code_that_is_none_is_a_close(scene: Scene, code: int) -> None:
    """RFC 6455 asks for 1002 in answer; what matters here is that nobody stays as a ghost."""
    scene.ada.sends(code.to_bytes(2, "big"), CLOSE)
    await scene.world.ben.until(sees_departure(scene.world.ada))
    assert (await scene.world.vitals(scene.world.commons)).sockets == 1
    await scene.goes_on()


async def test_who_sends_on_after_a_close_is_not_heard(scene: Scene) -> None:
    scene.ada.sends(b"\x03\xe8", CLOSE)
    scene.ada.sends(post("late"))
    await scene.goes_on()
    texts = [event.ref for event in scene.world.ben.all(wire.MessagePosted)]
    assert "late" not in texts
    assert (await scene.world.vitals(scene.world.commons)).sockets == 1


async def test_who_does_not_answer_a_close_is_gone_all_the_same(scene: Scene) -> None:
    """The board is private: who leaves it is shown out, and Ada's line says nothing to that."""
    world = scene.world
    board = await raw_socket.opens(world.ada, world.board)
    await sees_page(board)
    await world.window(world.ben).opens(world.board)
    assert (await world.vitals(world.board)).sockets == 2
    await world.ada.asks("POST", f"/api/rooms/{world.board}/leave")
    assert await board.until_closed() == wire.CloseCode.NO_LONGER_ADMITTED
    assert (await world.vitals(world.board)).sockets == 1
    await world.windows[-1].posts("She is gone.")
    await board.ends()


async def test_binary_frames_are_refused_one_by_one(scene: Scene) -> None:
    scene.ada.sends(post("binary"), BINARY)
    await scene.ada.until(scene.ada.refusals, "a refusal")
    scene.ada.sends(b"", BINARY)
    await scene.ada.until(lambda: len(scene.ada.refusals()) == 2, "another refusal")
    assert scene.ada.refusals() == ["not_text", "not_text"]
    await scene.goes_on(scene.ada)
