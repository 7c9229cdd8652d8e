"""Seeing through disguised words: look-alikes, invisible characters, leetspeak, spelling out.

A text is first folded, character by character, and keeps where each came from, so that whatever
is found can be shown as it was written. Then its words get every reading that they may have.
All of it is one pass with a bounded number of readings a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from domain.look_alikes import LATIN

LONGEST_WORD = 40
LONGEST_SPELLING = 64
WIDEST_GAP = 3
MOST_STARS = 2
MOST_STRETCHED = 4

_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800'’‘`´")
_PIECE = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\S+")
_RUN = re.compile(r"(.)\1+")
_LONG_RUN = re.compile(r"(.)\1\1+")
_LEET = str.maketrans("0345789@$!|€+", "oeastbgasiiet")
_SYMBOLS = frozenset("@$!|€+")
_STARS = frozenset("*#")
_VOWELS = "aeiouy"
_OPENING, _CLOSING = '*#?.,:;([{"“«|+_-', '!?.,:;…*#|)]}"”»'


class Seen(NamedTuple):
    """A folded text. Character `i` of `text` was written at `starts[i]:ends[i]`."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.ends[end - 1]


class Token(NamedTuple):
    """A word as written at `start:end`, and what it may mean. `spelled`: letter by letter."""

    readings: frozenset[str]
    start: int
    end: int
    spelled: bool = False


def fold(text: str) -> Seen:
    """Lower case, look-alikes as Latin letters, invisible characters and apostrophes gone."""
    seen, starts, ends = list[str](), list[int](), list[int]()
    for at, written in enumerate(text):
        kind = unicodedata.category(written)
        if kind in ("Mn", "Me") and seen:
            whole = unicodedata.normalize("NFC", seen[-1] + written)
            seen[-1], ends[-1] = (whole if len(whole) == 1 else seen[-1]), at + 1
        elif not _unseen(written, kind):
            for char in _plain(written):
                seen.append(char)
                starts.append(at)
                ends.append(at + 1)
    return Seen("".join(seen), starts, ends)


def _unseen(char: str, kind: str) -> bool:
    return kind in ("Cf", "Mn", "Me") or char in _INVISIBLE


def _plain(char: str) -> str:
    """One character in lower case and Latin; some become two, "ﬁ" for one."""
    code = ord(char)
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):
        if first <= code < first + 26:
            return chr(ord("a") + code - first)
    folded = unicodedata.normalize("NFKC", char).casefold()
    kept = [c for c in folded if unicodedata.category(c) != "Mn"]
    return "".join(LATIN.get(c, c) for c in kept)


def pieces(seen: Seen) -> list[Token]:
    """The words between spaces and punctuation; letters spelled out one by one are one word."""
    tokens: list[Token] = []
    for run in _runs(seen.text):
        start, end = seen.span(run[0].start(), run[-1].end())
        if len(run) >= 3:
            readings = frozenset(_readings("".join(piece[0] for piece in run)))
            tokens.append(Token(readings, start, end, spelled=True))
        else:
            tokens += [
                Token(frozenset(_readings(piece[0])), *seen.span(*piece.span())) for piece in run
            ]
    return tokens


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Neighbouring single characters together, every other piece alone."""
    run: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text):
        near = run and piece.start() - run[-1].end() <= WIDEST_GAP
        single = len(piece[0]) == 1 and len(run) < LONGEST_SPELLING
        if run and not (near and single and len(run[-1][0]) == 1):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def chunks(seen: Seen) -> list[Token]:
    """The words between spaces, with whatever punctuation is inside them seen through."""
    tokens: list[Token] = []
    for chunk in _CHUNK.finditer(seen.text):
        closed = chunk[0].rstrip(_CLOSING)
        core = closed.lstrip(_OPENING)
        if _PIECE.search(core):
            end = chunk.start() + len(closed)
            span = seen.span(end - len(core), end)
            tokens.append(Token(frozenset(_through(core)), *span))
    return tokens


def _through(core: str) -> Iterable[str]:
    if len(core) > LONGEST_WORD or core.isalnum():
        return _readings(core)
    found: set[str] = set()
    for whole in _unstarred(core):
        found |= _readings("".join(c for c in whole if c.isalnum()))
        found |= _readings("".join(c for c in whole if c.isalnum() or c in _SYMBOLS))
    return found


def _unstarred(core: str) -> Iterator[str]:
    """ "id*ot" with every vowel in place of the star."""
    stars = sum(c in _STARS for c in core)
    if not 0 < stars <= MOST_STARS:
        yield core
        return
    parts = re.split("[*#]", core)
    for vowels in product(_VOWELS, repeat=stars):
        yield "".join(a + b for a, b in zip(parts, (*vowels, ""), strict=True))


def _readings(word: str) -> set[str]:
    """The word itself, without leetspeak, without accents, without its stretched letters."""
    found = {word}
    if sum(c.isalpha() for c in word) >= 2 and not word.isalpha():
        plain = word.translate(_LEET)
        found |= {plain.replace("1", "i"), plain.replace("1", "l")}
    found |= {bare(one) for one in found}
    if len(_RUN.findall(word)) >= 3:
        found |= {squeezed(one) for one in found}
    if _LONG_RUN.search(word):
        found |= {shorter for one in found for shorter in _unstretched(one)}
    return found


def _unstretched(word: str) -> Iterator[str]:
    """ "idiooot" with one and with two letters for each letter that was stretched."""
    parts = _LONG_RUN.split(word)
    if len(parts) // 2 > MOST_STRETCHED:
        return
    for times in product((1, 2), repeat=len(parts) // 2):
        letters = [letter * count for letter, count in zip(parts[1::2], times, strict=True)]
        yield "".join(a + b for a, b in zip(parts[::2], (*letters, ""), strict=True))


def bare(word: str) -> str:
    """Without accents; æ, ø, ð and þ are letters of their own and stay."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(c for c in parts if unicodedata.category(c) != "Mn")


def squeezed(word: str) -> str:
    """Every letter once where it was repeated, marked so that only a doubled word reads so."""
    return "~" + _RUN.sub(r"\1", word)
