"""Which errors in a platform's log are bugs: all that the platform below did not raise."""

import pytest

from tests.faults.platform import COLOURS, surprises


def said(*lines: str) -> str:
    """Lines as wrangler prints them."""
    mark = "\x1b[31m✘ \x1b[41;31m[\x1b[41;97mERROR\x1b[41;31m]\x1b[0m \x1b[1m"
    return COLOURS.sub("", "".join(f"{mark}{line}\x1b[0m\n\n" for line in lines))


FALL = said("Traceback (most recent call last):", '  File "/session/metadata/edge/kv.py", line 58')
BELOW = said("pyodide.ffi.JsException: Error: database is locked: SQLITE_BUSY")
WARNED = said("D1 did not take a batch: Error: D1_ERROR: database is locked")


def test_what_the_platform_raised_is_expected() -> None:
    assert surprises(FALL + BELOW + WARNED) == []


@pytest.mark.parametrize(
    "bug", ["KeyError: 'seq'", "schema.refusals.Refused: broken", "TypeError: x is not a function"]
)
def test_an_error_of_our_own_is_a_bug(bug: str) -> None:
    assert surprises(FALL + BELOW + FALL + said(bug) + WARNED) == [bug]


def test_of_a_chain_the_last_one_counts() -> None:
    refused = said(
        "schema.refusals.Refused: join_first", "", "During handling of the above exception:"
    )
    assert surprises(FALL + refused + FALL + BELOW) == []
    assert surprises(FALL + refused + FALL + said("KeyError: 'seq'")) == ["KeyError: 'seq'"]


def test_a_silent_log_is_no_surprise() -> None:
    assert surprises("") == []
