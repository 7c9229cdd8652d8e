"""Personal data in a text: e-mail addresses, phone numbers, national identity numbers.

Digits are read in groups, as people write them; a group inside a link or a word is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

LOCAL_LENGTH, DOMAIN_LENGTH = 64, 253
MOST_GROUPS = 6
FEWEST_DIGITS, MOST_DIGITS = 7, 15
CUE_WITHIN = 24

_LINK = re.compile(r"(?:https?://|www\.)\S+")
_DIGITS = re.compile(r"\d+")
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789æøåáéíóúýþðö._%+-")
_DOMAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789æøåáéíóúýþðö.-")
_CUES = re.compile(r"\b(?:tlf|telefon|mob|mobil|phone|tel|call|ring|sími|síma|símanúmer|nummer)\b")
_FODSELSNUMMER = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
_KENNITALA = (3, 2, 7, 6, 5, 4, 3, 2, 1)


class Group(NamedTuple):
    """A group of digits, and what stands between it and the group before it."""

    digits: str
    start: int
    end: int
    gap: str


class Number(NamedTuple):
    """Neighbouring groups as one number: all digits, how many a group, what is between groups."""

    digits: str
    shape: tuple[int, ...]
    gaps: list[str]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where personal data stands in a folded text."""
    text = _LINK.sub(lambda link: "/" * len(link[0]), text)
    yield from _addresses(text)
    for groups in _number_lines(text):
        yield from _numbers(text, groups)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > max(0, at - LOCAL_LENGTH) and text[start - 1] in _LOCAL:
            start -= 1
        while end < min(len(text), at + DOMAIN_LENGTH) and text[end] in _DOMAIN:
            end += 1
        name, dot, top = text[at + 1 : end].rstrip(".-").rpartition(".")
        if start < at and name and dot and len(top) >= 2 and top.isalpha():
            yield start, at + 1 + len(name) + 1 + len(top)
        at = text.find("@", at + 1)


def _number_lines(text: str) -> Iterator[list[Group]]:
    """Groups of digits that stand next to each other: a space, a hyphen, brackets between them."""
    line: list[Group] = []
    for found in _DIGITS.finditer(text):
        start, end = found.span()
        gap = text[line[-1].end : start] if line else ""
        if line and (len(gap) > 2 or gap.strip(" -()")):
            yield line
            line, gap = [], ""
        line.append(Group(found[0], start, end, gap))
    if line:
        yield line


def _numbers(text: str, line: Sequence[Group]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(line):
        size = _size(text, line[at : at + MOST_GROUPS])
        if size:
            start, end = line[at].start, line[at + size - 1].end
            yield start - (text[start - 1 : start] in ("+", "(")), end
        at += size or 1


def _size(text: str, line: Sequence[Group]) -> int:
    """How many groups from the first one on are a personal number; 0 when none are."""
    before = text[max(0, line[0].start - 2) : line[0].start]
    if _goes_on(before[::-1]):
        return 0
    parts = [group.digits for group in line]
    gaps = [group.gap for group in line]
    for size in range(len(line), 0, -1):
        end = line[size - 1].end
        number = Number("".join(parts[:size]), tuple(map(len, parts[:size])), gaps[1:size])
        if FEWEST_DIGITS <= len(number.digits) <= MOST_DIGITS and not _goes_on(text[end : end + 2]):
            cue = text[max(0, line[0].start - CUE_WITHIN) : line[0].start]
            if is_national_id(number) or is_phone(number, cue):
                return size
    return 0


def _goes_on(beside: str) -> bool:
    """Whether the two characters next to a number show that it is a part of something longer."""
    return (
        beside[:1].isalnum()
        or beside[:1] in set("/_#")
        or (beside[:1] == "-" and beside[1:].isalnum())
    )


def is_national_id(number: Number) -> bool:
    """A Norwegian fødselsnummer, an Icelandic kennitala or a US social security number."""
    digits, shape, gaps = number
    numbers = [int(digit) for digit in digits]
    if len(digits) == 11 and shape in ((11,), (6, 5)):
        right = all(sum(map(int.__mul__, w, numbers)) % 11 == 0 for w in _FODSELSNUMMER)
        return right and _is_day(numbers, 40)
    if len(digits) == 10 and shape in ((10,), (6, 4)) and digits[9] in "890":
        # Numbers given out since 2026 need not pass the check: then the hyphen must tell.
        checked = sum(map(int.__mul__, _KENNITALA, numbers)) % 11 == 0
        return _is_day(numbers, 0) and (checked or gaps == ["-"])
    return shape == (3, 2, 4) and gaps == ["-", "-"]


def _is_day(numbers: Sequence[int], raised: int) -> bool:
    """DDMMYY; Norwegian numbers of other kinds raise the day or the month by 40, 65 or 80."""
    day, month = numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3]
    day -= raised if day > raised else 0
    month -= next((more for more in (80, 65, 40) if raised and month > more), 0)
    try:
        return bool(date(2000, month, day))
    except ValueError:
        return False


def is_phone(number: Number, before: str) -> bool:
    """Judged by its shape; a plus sign or a word like "call" in the text before it says enough."""
    digits, shape, gaps = number
    if before.endswith("+") or digits.startswith("00"):
        return len(digits) >= 9
    if len(digits) <= 12 and _CUES.search(before):
        return True
    if shape in ((8,), (3, 2, 3)):
        return digits[0] in "49" and not digits.endswith("00000")
    if shape == (2, 2, 2, 2):
        return digits[0] in "2345679" and gaps == [" ", " ", " "]
    if shape == (3, 4):
        return digits[0] in "45678" and not (digits.endswith("00") or digits[3:5] in ("19", "20"))
    return shape == (3, 3, 4) and digits[0] in "23456789"
