"""The word lists beside this file: one entry a line, in the form that the text is read in.

`word` stands for itself, `word*` for every word that starts so, several words for a phrase.
A leading `!` marks an entry that is refused at sight; `#` starts a comment.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

WORDS = Path(__file__).parent / "words"


class Entry(NamedTuple):
    words: tuple[str, ...]
    severe: bool


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """The entries of `words/<name>.txt`, in its order."""
    lines = (WORDS / f"{name}.txt").read_text(encoding="utf-8").casefold().splitlines()
    kept = [line.partition("#")[0].strip() for line in lines]
    return tuple(Entry(tuple(line.lstrip("!").split()), line[0] == "!") for line in kept if line)


class WordSet:
    """Single words, some of them beginnings."""

    def __init__(self, *names: str):
        words = {entry.words[0] for name in names for entry in entries(name)}
        self._whole = frozenset(word for word in words if not word.endswith("*"))
        self._starts = tuple(sorted(word[:-1] for word in words if word.endswith("*")))

    def __contains__(self, word: str) -> bool:
        return word in self._whole or word.startswith(self._starts)


@cache
def word_set(*names: str) -> WordSet:
    return WordSet(*names)
