"""Time and identifiers, read here and handed to the rules as arguments."""

import secrets
import time
import uuid


def now_ms() -> int:
    return int(time.time() * 1000)


def new_id() -> str:
    """A UUIDv7: unique, and in the order of its making."""
    return str(uuid.uuid7())


def new_number() -> int:
    """A number from 1 that nobody can guess, and that JavaScript holds exactly."""
    return 1 + secrets.randbelow(2**52)


def new_token() -> str:
    """256 random bits for links and sessions; only its hash is ever stored."""
    return secrets.token_urlsafe(32)
