"""Spam: floods of links, invitations, characters and lines, and shouting."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

MANY_LINKS, FLOOD_OF_LINKS = 5, 12
FLOOD_OF_INVITES = 3
MANY_OF_ONE = 20
SAME_AGAIN, SAME_LENGTH = 5, 20
SHOUTED_WORDS, SHOUTED_LETTERS = 5, 25
SHOUTING = 0.85

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_INVITE = re.compile(
    r"(?:discord\.gg|discord\.com/invite|t\.me|telegram\.me|chat\.whatsapp\.com|wa\.me"
    r"|join\.skype\.com|joinchat|bit\.ly|tinyurl\.com)/",
    re.IGNORECASE,
)
_SAME = re.compile(rf"(\S)\1{{{MANY_OF_ONE - 1},}}")


class Spam(NamedTuple):
    start: int
    end: int
    severe: bool = False


def spam(text: str) -> Iterator[Spam]:
    """Every sign of spam in a text as written."""
    yield from _links(text)
    yield from (Spam(*same.span()) for same in _SAME.finditer(text))
    yield from _again(text)
    yield from _shouting(text)


def _links(text: str) -> Iterator[Spam]:
    links = list(_LINK.finditer(text))
    invites = list(_INVITE.finditer(text))
    if len(invites) >= FLOOD_OF_INVITES:
        yield Spam(invites[0].start(), invites[-1].end(), severe=True)
    if len(links) >= MANY_LINKS:
        yield Spam(links[0].start(), links[-1].end(), severe=len(links) >= FLOOD_OF_LINKS)


def _again(text: str) -> Iterator[Spam]:
    """The same line, or the same word in a row, over and over."""
    lines = [line for line in re.finditer(r"[^\r\n]+", text) if len(line[0].strip()) > 3]
    times = Counter(line[0].strip() for line in lines)
    for line in lines:
        if times.pop(line[0].strip(), 0) >= SAME_AGAIN:
            yield Spam(*line.span())
    for word, row in groupby(re.finditer(r"\S+", text), key=lambda word: word[0]):
        same = list(row)
        if len(same) >= SAME_AGAIN and len(same) * len(word) >= SAME_LENGTH:
            yield Spam(same[0].start(), same[-1].end())


def _shouting(text: str) -> Iterator[Spam]:
    words = [word for word in re.finditer(r"[^\W\d_]+", text) if len(word[0]) > 1]
    letters = sum(len(word[0]) for word in words)
    upper = sum(c.isupper() for word in words for c in word[0])
    if len(words) >= SHOUTED_WORDS and letters >= SHOUTED_LETTERS and upper > SHOUTING * letters:
        yield Spam(words[0].start(), words[-1].end())
