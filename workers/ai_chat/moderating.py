"""What is wrong with a text, by word lists and patterns, and what to do about it."""

from collections.abc import Iterator, Sequence
from typing import Literal

from ai_chat import disguises, personal_data
from ai_chat.found import Found, found
from ai_chat.lexicon import Hit, lexicon
from ai_chat.spam import spam

MOST_FINDINGS = 20

Verdict = Literal["allow", "review", "refuse"]


def findings(text: str) -> list[Found]:
    """The worst and earliest findings in a text, each with its words as written."""
    hits = sorted(_hits(text), key=lambda hit: (hit.start, -hit.end, not hit.severe))
    told: list[Hit] = []
    for hit in hits:
        if not any(_covers(other, hit) for other in told[-MOST_FINDINGS:]):
            told.append(hit)
    told = sorted(told, key=lambda hit: not hit.severe)[:MOST_FINDINGS]
    return [found(text, *hit) for hit in told]


def verdict(those: Sequence[Found]) -> Verdict:
    """`refuse` when anything is severe, `review` when anything was found at all."""
    if any(one.severe for one in those):
        return "refuse"
    return "review" if those else "allow"


def _hits(text: str) -> Iterator[Hit]:
    seen = disguises.fold(text)
    yield from lexicon().hits(disguises.pieces(seen))
    yield from lexicon().hits(disguises.chunks(seen))
    for start, end in personal_data.spans(seen.text):
        yield Hit("personal_data", *seen.span(start, end), False)
    for sign in spam(text):
        yield Hit("spam", *sign)


def _covers(one: Hit, other: Hit) -> bool:
    return (
        one.category == other.category
        and one.severe >= other.severe
        and one.start <= other.start
        and other.end <= one.end
    )
