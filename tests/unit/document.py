"""A Markdown document as the tests read it: its sections, tables and examples."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEADING = re.compile(r"^(#{1,6}) (.+?) *$", re.MULTILINE)
FENCE = re.compile(r"^```(\S+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, up to the next heading of any level."""

    title: str
    text: str


@dataclass(frozen=True)
class Example:
    """A fenced block: its language, what it is an example of, and its text."""

    language: str
    of: str
    text: str


def read(name: str) -> str:
    """A document of the project, by its path from the root."""
    return (ROOT / name).read_text("utf-8")


def sections(text: str) -> Iterator[Section]:
    """The sections in order; headings inside examples do not count."""
    plain = FENCE.sub(lambda found: re.sub(r"^#", " ", found[0], flags=re.MULTILINE), text)
    headings = [*HEADING.finditer(plain)]
    ends = [heading.start() for heading in headings[1:]] + [len(text)] * bool(headings)
    for heading, end in zip(headings, ends, strict=True):
        yield Section(heading[2], text[heading.end() : end])


def section(text: str, title: str) -> Section:
    """The one section of this title."""
    (found,) = [one for one in sections(text) if one.title == title]
    return found


def rows(text: str) -> list[list[str]]:
    """The cells of the first table, without its head."""
    lines = [line.strip() for line in text.splitlines()]
    tables = "\n".join(line if line.startswith("|") else "" for line in lines).strip()
    first = tables.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in first]


def examples(text: str) -> list[Example]:
    return [Example(*found) for found in FENCE.findall(text)]


def code(text: str) -> list[str]:
    """What stands between backticks, outside of examples."""
    return CODE.findall(FENCE.sub("", text))
