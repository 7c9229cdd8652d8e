"""What a community's filters say of a message before it is stored: allow, flag, hold, or refuse."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from schema.filters import Filters, WordRule
from schema.ids import Millis
from schema.refusals import Refused

HOUR_MS = 3_600_000
LINK = re.compile(r"(?:https?://|(?<![\w@])www\.)[^\s<>\"']+", re.IGNORECASE)
BARE = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|info|biz|io|no|is|se|dk|fi|de|uk|ru|xyz)"
    r"(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Writer:
    """Who writes: since when they are in the room, when they wrote last, and what they may pass."""

    joined_at: Millis | None
    last_at: Millis | None
    passes_slow_mode: bool


@dataclass(frozen=True)
class Verdict:
    """Why somebody should look at a message, if for anything; held: before it is stored."""

    reasons: list[str]
    held: bool = False


def judge(filters: Filters, who: Writer, text: str, now: Millis) -> Verdict:
    """Whether it may be stored, and who should look at it. Refuses: filtered, too_fast."""
    plain = _plain(text)
    met = [rule for rule in filters.rules if _matches(tuple(rule.words), plain)]
    for rule in met:
        if rule.then == "refuse":
            raise Refused("filtered", _said(rule))
    reasons, held = [_said(rule) for rule in met], any(rule.then == "hold" for rule in met)
    if _foreign_links(text, filters.allowed_hosts):
        if filters.links == "refuse":
            raise Refused("filtered", "Links are not posted in this community.")
        if _is_new(filters, who, now):
            raise Refused("filtered", "Somebody new to a room posts no links yet.")
        reasons += [] if filters.links == "allow" else ["It has a link."]
        held = held or filters.links == "hold"
    _check_slow(filters, who, now)
    return Verdict(reasons, held)


def _check_slow(filters: Filters, who: Writer, now: Millis) -> None:
    if not filters.slow_mode_s or who.passes_slow_mode or who.last_at is None:
        return
    left = who.last_at + filters.slow_mode_s * 1_000 - now
    if left > 0:
        seconds = -(-left // 1_000)
        raise Refused("too_fast", f"Slow mode is on. Write again in {seconds} s.", left)


def _is_new(filters: Filters, who: Writer, now: Millis) -> bool:
    since = now - (who.joined_at or now)
    return filters.new_member_hours > 0 and since < filters.new_member_hours * HOUR_MS


def _said(rule: WordRule) -> str:
    return rule.reason or "It has words that this community does not want."


def _plain(text: str) -> str:
    """The text as it is compared: one style, no case, nothing invisible between letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [r"\w{0,40}".join(map(re.escape, _plain(word).split("*")[:4])) for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _matches(words: tuple[str, ...], text: str) -> bool:
    return _pattern(words).search(text) is not None


def has_link(text: str) -> bool:
    return bool(_hosts(text))


def _foreign_links(text: str, allowed: list[str]) -> bool:
    """Whether the text leads to a host that is not allowed."""
    return any(not _is_allowed(host, allowed) for host in _hosts(text))


def _hosts(text: str) -> list[str]:
    found = LINK.findall(text)
    rest = LINK.sub(" ", text)
    return [*map(_host, found), *(bare.lower() for bare in BARE.findall(rest))]


def _host(link: str) -> str:
    try:
        return urlsplit(link if "://" in link else f"http://{link}").hostname or ""
    except ValueError:
        return ""


def _is_allowed(host: str, allowed: list[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in allowed)
