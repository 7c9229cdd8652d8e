"""How somebody shows themselves: what of it counts, and handles that look alike."""

import json
import re
import unicodedata

from domain import naming
from schema.ids import Millis
from schema.profiles import Profile, ProfileChange, Status
from schema.refusals import Refused

RESERVED = (
    "admin",
    "owner",
    "moderator",
    "system",
    "support",
    "vegvisr",
    "everyone",
    "here",
    "all",
)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TWINS = str.maketrans("0152i", "olszl")


def handle_key(handle: str) -> str:
    """What two handles share that look alike: `anna_0lsen` is `annaolsen`."""
    plain = handle.lower().replace("_", "").replace("rn", "m").replace("vv", "w")
    return plain.translate(TWINS)


FORBIDDEN = frozenset(handle_key(handle) for handle in RESERVED)


def columns(change: ProfileChange) -> dict[str, str | int | None]:
    """The columns of a profile that change. Refuses: bad_fields, name_taken."""
    found: dict[str, str | int | None] = {}
    if change.handle is not None:
        found |= _handle(change.handle)
    if change.bio is not None:
        found["bio"] = UNSEEN.sub("", change.bio).strip()
    if change.time_zone is not None:
        found["time_zone"] = change.time_zone
    if change.languages is not None:
        found["languages"] = json.dumps(list(dict.fromkeys(change.languages)))
    if change.status is not None:
        found |= _status(change.status)
    return found


def name_alone(person_id: str, name: str) -> Profile:
    """What somebody reads of a person who is hidden from them."""
    return Profile(
        id=person_id,
        name=name,
        handle="",
        bio="",
        time_zone="",
        languages=[],
        status=None,
        avatar=None,
    )


def name(text: str) -> str:
    """A display name as it is shown. Refuses: bad_fields."""
    if not naming.key(text):
        raise Refused("bad_fields", "A name needs a letter, a digit or a sign.")
    return naming.shown(text)


def _handle(handle: str) -> dict[str, str | int | None]:
    if not handle:
        return {"handle": None, "handle_key": None}
    key = handle_key(handle)
    if key in FORBIDDEN:
        raise handle_taken()
    return {"handle": handle, "handle_key": key}


def handle_taken() -> Refused:
    return Refused("name_taken", "That handle is taken, or looks like one that is.")


def _status(status: Status) -> dict[str, str | int | None]:
    if not all(_is_sign(sign) for sign in status.emoji):
        raise Refused("bad_fields", "The emoji of a status is a picture, not a text.")
    text = naming.shown(status.text)
    return {
        "status_emoji": status.emoji,
        "status_text": text,
        "status_until": status.until if text or status.emoji else None,
    }


def _is_sign(sign: str) -> bool:
    """Whether it may be a part of an emoji; a digit is one, in a keycap."""
    kind = unicodedata.category(sign)
    return kind in ("So", "Sk", "Sm", "Po", "Mn", "Me", "Nd", "Cf") and sign not in "<>&\"'"


def languages(kept: str | None) -> list[str]:
    """The languages of a row."""
    found: list[str] = json.loads(kept or "[]")
    return found


def status(emoji: str, text: str, until: Millis | None, now: Millis) -> Status | None:
    """What of a status still holds."""
    if not (emoji or text) or (until is not None and until <= now):
        return None
    return Status(emoji=emoji, text=text, until=until)
