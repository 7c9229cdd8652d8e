"""Pictures of people: what is taken, and what is cut out of it."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.avatars import PNG, picture
from schema.profiles import AVATAR_BYTES, AVATAR_SIDE
from schema.refusals import Refused

SECRET = b"59.9139 N 10.7522 E"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 256, height: int = 256) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return PNG + head + chunk(b"tEXt", SECRET) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"") + SECRET


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 256, height: int = 256) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\0" * 9
    exif, words = segment(0xE1, b"Exif\0\0" + SECRET), segment(0xFE, SECRET)
    scan = segment(0xDA, b"\3" + b"\0" * 9) + b"pix\xff\x00\xff\xd7els"
    scans = scan + words + segment(0xC4, b"\xff\xd9") + scan + b"\xff\xd9"
    first = segment(0xE0, b"JFIF\0") + exif + words + segment(0xC2, frame)
    return b"\xff\xd8" + first + scans + exif + b"\xff\xd9"


def riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(width: int = 256, height: int = 256) -> bytes:
    still = b"\x9d\x01\x2a" + struct.pack("<HH", width, height)
    wide = riff(b"VP8X", b"\x08\0\0\0" + b"\xff\0\0" * 2)
    chunks = wide + riff(b"VP8 ", b"\0\0\0" + still + b"pixels") + riff(b"EXIF", SECRET)
    return riff(b"RIFF", b"WEBP" + chunks)


@pytest.mark.parametrize(("content", "kind"), [(png(), "png"), (jpeg(), "jpg"), (webp(), "webp")])
def test_a_picture_is_taken_without_what_its_camera_wrote(content: bytes, kind: str) -> None:
    assert SECRET in content
    taken = picture(content)
    assert (taken.kind, taken.width, taken.height) == (kind, 256, 256)
    assert SECRET not in taken.content
    assert picture(taken.content) == taken, "cut once, it stays as it is"


@pytest.mark.parametrize("draw", [png, jpeg, webp])
def test_a_picture_has_at_most_so_many_pixels(draw: object) -> None:
    assert callable(draw)
    assert picture(draw(AVATAR_SIDE, AVATAR_SIDE)).width == AVATAR_SIDE
    for sides in ((AVATAR_SIDE + 1, 1), (1, AVATAR_SIDE + 1), (0, 1)):
        with pytest.raises(Refused, match="not_a_picture"):
            picture(draw(*sides))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + b"\0" * 40,
        png()[:40],
        jpeg()[:30],
        webp()[:25],
        PNG,
        b"\xff\xd8\xff",
        b"RIFF\0\0\0\0WEBP",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert picture(png()).kind == "png"
    with pytest.raises(Refused, match="not_a_picture"):
        picture(content)


def test_a_picture_has_at_most_so_many_bytes() -> None:
    assert picture(jpeg().ljust(AVATAR_BYTES)).kind == "jpg"
    with pytest.raises(Refused, match="body_too_large"):
        picture(jpeg().ljust(AVATAR_BYTES + 1))


@given(st.sampled_from([b"", PNG, b"\xff\xd8\xff", b"RIFFxxxxWEBP"]), st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_refused(begins: bytes, rest: bytes) -> None:
    with suppress(Refused):
        picture(begins + rest)
