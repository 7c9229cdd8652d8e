"""Time and identifiers, read here and handed to the rules as arguments."""

import secrets
import time
import uuid

_offset_ms = 0


def now_ms() -> int:
    return int(time.time() * 1000) + _offset_ms


def jump(offset_ms: int) -> None:
    """Let this worker's clock be wrong by so much from now on. A local route alone may ask it."""
    global _offset_ms
    _offset_ms = offset_ms


def new_id() -> str:
    """A UUIDv7: unique, and in the order of its making."""
    return str(uuid.uuid7())  # type: ignore[attr-defined]  # of Python 3.14


def new_number() -> int:
    """A number from 1 that nobody can guess, and that JavaScript holds exactly."""
    return 1 + secrets.randbelow(2**52)


def new_token() -> str:
    """256 random bits for links and sessions; only its hash is ever stored."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """120 random bits, for a link that people hand on."""
    return secrets.token_urlsafe(15)
