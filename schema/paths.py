"""A path of this very host, whatever a browser makes of it."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
DOTS = re.compile(r"/(\.|%2e){1,2}(/|$)", re.IGNORECASE)


def own_path(text: str) -> str:
    """The path as it is. Browsers drop control characters, take `\\` for `/` and resolve dots:
    with any of these, or with `//`, it could lead to another host."""
    path = re.split(r"[?#]", text, maxsplit=1)[0]
    if not path.startswith("/") or "//" in path or "\\" in text:
        raise ValueError("a path begins with one slash")
    if CONTROL.search(text) or DOTS.search(path):
        raise ValueError("a path is plain")
    return text


OwnPath = Annotated[str, StringConstraints(max_length=300), AfterValidator(own_path)]
