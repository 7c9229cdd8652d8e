"""Pictures of people: what counts as one by its first bytes, and nothing in it but the picture.

What somebody calls their file says nothing. SVG is not taken: it may hold a script. What a camera
writes beside the picture (where and when it was taken) is cut out, whoever sent it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schema.profiles import AVATAR_BYTES, AVATAR_SIDE
from schema.refusals import Refused

PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND")
WEBP_KEPT = (b"VP8 ", b"VP8L", b"ALPH")
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The JPEG markers that begin a frame, which holds the size."""
SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""In the pixels of a JPEG, what is no stuffed byte and no restart is the next marker."""
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A picture without what else its file held. `kind` is a key of `TYPES`."""

    kind: str
    content: bytes
    width: int
    height: int


def picture(content: bytes, most: int = AVATAR_BYTES, side: int = AVATAR_SIDE) -> Picture:
    """A picture of so many bytes and of a side of so many pixels, at most.

    Refuses: body_too_large, not_a_picture.
    """
    if len(content) > most:
        raise Refused("body_too_large", f"A picture has at most {most:,} bytes.")
    try:
        found = _read(content)
    except (IndexError, ValueError):
        raise Refused("not_a_picture") from None
    if not (0 < found.width <= side and 0 < found.height <= side):
        raise Refused("not_a_picture", f"A picture is at most {side:,} pixels wide and high.")
    return found


def _read(content: bytes) -> Picture:
    if content.startswith(PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    raise ValueError("no picture that we know")


def _exactly(content: bytes, start: int, length: int) -> bytes:
    """Bytes that must all be there."""
    if start + length > len(content):
        raise IndexError(start + length)
    return content[start : start + length]


def _png(content: bytes) -> Picture:
    kept, at = [PNG], len(PNG)
    while True:
        length = int.from_bytes(_exactly(content, at, 4))
        name = _exactly(content, at + 4, 4)
        chunk = _exactly(content, at, length + 12)
        if at == len(PNG) and (name, length) != (b"IHDR", 13):
            raise ValueError("a PNG begins with its header")
        kept += [chunk] if name in PNG_KEPT else []
        at += length + 12
        if name == b"IEND":
            break
    size = content[len(PNG) + 8 :]
    return Picture("png", b"".join(kept), int.from_bytes(size[:4]), int.from_bytes(size[4:8]))


def _jpeg(content: bytes) -> Picture:
    """Segments, before the scans of the picture and between them; those of programs and comments
    go."""
    kept, at, width, height = [content[:2]], 2, 0, 0
    while True:
        start, marker = _exactly(content, at, 2)
        if start != 0xFF:
            raise ValueError("no marker where one must stand")
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:  # what stands behind the end may be a second picture, or where it was
            break
        length = int.from_bytes(_exactly(content, at + 2, 2))
        segment = _exactly(content, at, length + 2)
        if marker in FRAMES:
            height, width = int.from_bytes(segment[5:7]), int.from_bytes(segment[7:9])
        if marker == 0xDA:
            end = SCAN_END.search(content, at + length + 2)
            kept.append(content[at : end.start() if end else None])
            if end is None:
                break
            at = end.start()
            continue
        kept += [] if (0xE1 <= marker <= 0xEF and marker != 0xEE) or marker == 0xFE else [segment]
        at += length + 2
    return Picture("jpg", b"".join(kept) + b"\xff\xd9", width, height)


def _webp(content: bytes) -> Picture:
    chunks = [(name, body) for name, body in _riff(content) if name in WEBP_KEPT]
    name, body = next((name, body) for name, body in [*chunks, (b"", b"")] if name != b"ALPH")
    width, height = _webp_size(name, body)
    if chunks[0][0] == b"ALPH":
        flags = (0x10).to_bytes(4, "little")
        sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        chunks.insert(0, (b"VP8X", flags + sides))
    inside = b"WEBP" + b"".join(_chunk(name, body) for name, body in chunks)
    return Picture("webp", _chunk(b"RIFF", inside), width, height)


def _webp_size(name: bytes, body: bytes) -> tuple[int, int]:
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        sides = [int.from_bytes(_exactly(body, at, 2), "little") & 0x3FFF for at in (6, 8)]
        return sides[0], sides[1]
    if name == b"VP8L" and body[:1] == b"\x2f":
        bits = int.from_bytes(_exactly(body, 1, 4), "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise ValueError("no still picture")


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4], _exactly(content, at + 8, length)
        at += 8 + length + length % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
