"""Pictures that people give us: what they are, by their first bytes alone."""

from typing import Literal

Kind = Literal["png", "jpg", "webp"]
TYPES: dict[str, str] = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def kind(content: bytes) -> Kind | None:
    """None for anything else. An SVG may hold a script, so it is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return None
