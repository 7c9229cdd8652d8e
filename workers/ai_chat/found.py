"""What moderation found, before it is told: where, and how bad."""

from typing import NamedTuple

from schema.assistant import Finding

EXCERPT_LENGTH = 200


class Found(NamedTuple):
    """`excerpt` is a part of the text as written. `severe` things should not be posted at all."""

    finding: Finding
    severe: bool


def found(text: str, category: str, start: int, end: int, severe: bool = False) -> Found:
    """The finding at `start:end` of the text; a long one shows its beginning."""
    excerpt = text[start : min(end, start + EXCERPT_LENGTH)]
    return Found(Finding.model_validate({"category": category, "excerpt": excerpt}), severe)
