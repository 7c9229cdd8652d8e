"""The listed words and phrases of all languages, ready to be looked up by a reading."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ai_chat.disguises import Token, bare, fold, squeezed
from ai_chat.word_lists import entries

LISTS = ("insult", "threat", "sexual", "self_harm")
LANGUAGES = ("en", "no", "is")
SAFE_WITHOUT_ACCENTS = 6
SAFE_INSIDE = 5
SAFE_SQUEEZED = 4


class Listed(NamedTuple):
    category: str
    words: tuple[str, ...]
    severe: bool


class Hit(NamedTuple):
    category: str
    start: int
    end: int
    severe: bool


class Lexicon:
    def __init__(self, listed: Iterable[Listed]):
        self._whole: dict[str, Listed] = {}
        self._starts: dict[str, Listed] = {}
        self._phrases: defaultdict[str, list[Listed]] = defaultdict(list)
        for one in listed:
            self._add(one)
        self._inside = {word for word in self._whole if len(word) >= SAFE_INSIDE and word[0] != "~"}
        self._lengths = sorted({len(word) for word in self._inside})
        self._shortest_start = min(map(len, self._starts), default=0)

    def _add(self, one: Listed) -> None:
        if len(one.words) > 1:
            for first in (one.words[0], squeezed(one.words[0])):
                self._phrases[first].append(one)
        joined = "".join(one.words)
        if joined.endswith("*"):
            self._starts[joined[:-1]] = one
            joined = joined[:-1]
        self._whole[joined] = one
        if len(joined) >= SAFE_WITHOUT_ACCENTS:
            self._whole.setdefault(bare(joined), one)
        if len(joined) >= SAFE_SQUEEZED:
            self._whole.setdefault(squeezed(joined), one)

    def hits(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Every listed word and phrase among the tokens of a text."""
        for at, token in enumerate(tokens):
            for reading in token.readings:
                if one := self._word(reading, token.spelled):
                    yield Hit(one.category, token.start, token.end, one.severe)
                for phrase in self._phrases.get(reading, ()):
                    if _follows(phrase.words, tokens[at : at + len(phrase.words)]):
                        end = tokens[at + len(phrase.words) - 1].end
                        yield Hit(phrase.category, token.start, end, phrase.severe)

    def _word(self, reading: str, spelled: bool) -> Listed | None:
        if one := self._whole.get(reading):
            return one
        for length in range(self._shortest_start, min(len(reading), 20)):
            if one := self._starts.get(reading[:length]):
                return one
        return self._spelled_inside(reading) if spelled else None

    def _spelled_inside(self, reading: str) -> Listed | None:
        """Letters spelled out hide where words begin. Short words are too often inside others."""
        for start in range(len(reading)):
            for length in self._lengths:
                if reading[start : start + length] in self._inside:
                    return self._whole[reading[start : start + length]]
        return None


def _follows(words: Sequence[str], tokens: Sequence[Token]) -> bool:
    return len(words) == len(tokens) and all(
        word in token.readings or squeezed(word) in token.readings
        for word, token in zip(words, tokens, strict=True)
    )


@cache
def lexicon() -> Lexicon:
    """The word lists beside this file, folded like the texts in which they are looked up."""
    return Lexicon(
        Listed(category, tuple(fold(" ".join(entry.words)).text.split()), entry.severe)
        for category in LISTS
        for language in LANGUAGES
        for entry in entries(f"{category}.{language}")
    )
