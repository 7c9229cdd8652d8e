"""The sentences and words of a chat message, whatever its language."""

import re
from collections.abc import Iterator

CONTENT_READ = 2_000
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)]*+\s+|[。！？]")
_MARK = re.compile(r"^(?:[-*•>#]|\d{1,2}[.)])\s+")
_ABBREVIATIONS = frozenset(
    ["bl.a", "ca", "dr", "e.g", "etc", "f.eks", "fr", "hr", "i.e", "jf", "kl", "kr", "m.a"]
) | frozenset(
    ["mr", "mrs", "ms", "nr", "osv", "o.s.frv", "pga", "st", "t.d", "tlf", "t.o.m", "u.þ.b", "vs"]
)
_STEM = 6


def sentences(content: str) -> Iterator[str]:
    """The sentences of a message, marks of lists and quotes at their beginning left out."""
    for line in content[:CONTENT_READ].splitlines():
        line = _MARK.sub("", " ".join(line.split()))
        start = 0
        for end in _END.finditer(line):
            if _ends(line, start, end):
                yield line[start : end.end()].strip()
                start = end.end()
        if start < len(line):
            yield line[start:]


def _ends(line: str, start: int, end: re.Match[str]) -> bool:
    """Not after "kl." or "12.", and not before a small letter."""
    following = line[end.end() : end.end() + 1]
    if end[0].strip() != ".":
        return True
    before = line[start : end.start()].rpartition(" ")[2].casefold().lstrip("(")
    return not (following.islower() or before in _ABBREVIATIONS or before.isdigit())


def words(sentence: str) -> list[str]:
    """Its words in lower case, without links; scripts without spaces as pairs of characters."""
    found: list[str] = []
    for word in _WORD.findall(LINK.sub(" ", sentence).casefold().replace("’", "'")):
        if _unspaced(word):
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        else:
            found.append(word)
    return found


def _unspaced(word: str) -> bool:
    """Han, kana and Thai write words without spaces between them."""
    return "\u3040" <= word[0] <= "\u9fff" or "\u0e00" <= word[0] <= "\u0e7f"


def stem(word: str) -> str:
    """A rough stem: the endings of our languages come late in a word."""
    return word[:_STEM]


def cut(text: str, length: int) -> str:
    """At most `length` characters, cut between words where there is one."""
    if len(text) <= length:
        return text
    head, space, _ = text[:length].rpartition(" ")
    kept = head if space and len(head) > length // 2 else text[: length - 1]
    return kept.rstrip(" ,;:–-") + "…"
