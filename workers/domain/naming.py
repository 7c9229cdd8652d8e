"""Names: what is shown of them, and when two of them are the same to a reader."""

import re
import unicodedata
from collections.abc import Container

from domain.look_alikes import LATIN

NAME_LENGTH = 80
# Letters and marks by their category, yet nothing to see: joiners, fillers, variation selectors.
BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
SELECTOR = re.compile("[\ufe00-\ufe0f]")
# A letter with a stroke is another letter to whoever writes with it.
LOOK_ALIKES = str.maketrans({double: latin for double, latin in LATIN.items() if double != "ł"})
BRAILLE_SPACE = "\u2800"


def shown(text: str) -> str:
    """The text on one line as people see it: composed, nothing invisible, single spaces."""
    spaced = " ".join(BLANK.sub("", text).replace(BRAILLE_SPACE, " ").split())
    seen = "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf"))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def key(text: str) -> str:
    """What two names share that are one to a reader: no case, width or style, and no letters of one
    script for those of another. Empty: no name."""
    folded = unicodedata.normalize("NFKC", shown(text)).casefold()
    return shown(SELECTOR.sub("", unicodedata.normalize("NFKC", folded)).translate(LOOK_ALIKES))


def free(name: str, taken: Container[str]) -> str:
    """The name, with the first number that makes it one of its own: `Ada Solberg 2`.

    `taken` holds keys.
    """
    number, candidate = 1, name
    while key(candidate) in taken:
        number += 1
        ending = f" {number}"
        candidate = name[: NAME_LENGTH - len(ending)].rstrip() + ending
    return candidate
