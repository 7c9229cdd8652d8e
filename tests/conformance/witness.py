"""What a test promises to walk, and what the client really met while it ran.

`@covers("event pong")` is held twice: `test_registry.py` holds all the promises to the document,
and each test fails that did not meet what it promised.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., Any])
MET: set[str] = set()
SEEN_BY_CLIENT = ("command", "event", "refusal", "close", "route", "answer")


def met(*names: str) -> None:
    """The client met these just now."""
    MET.update(names)


def covers(*names: str) -> Callable[[Test], Test]:
    """Mark a test with what of the document it walks."""

    def mark(test: Test) -> Test:
        test.__dict__["covers"] = (*getattr(test, "covers", ()), *names)
        return test

    return mark


def promised_and_not_met(test: Any) -> list[str]:
    """The promises of a test that the client can check and that nothing kept."""
    names = getattr(test, "covers", ())
    return [name for name in names if name.split()[0] in SEEN_BY_CLIENT and name not in MET]
