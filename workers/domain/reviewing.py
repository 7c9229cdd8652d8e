"""What may be decided on a message that waits for a look."""

from schema.refusals import Refused

DECISIONS = {"flagged": ("seen",), "held": ("let_in", "decline")}


def check(kind: str, decision: str) -> None:
    """Refuses: bad_fields."""
    if decision not in DECISIONS[kind]:
        raise Refused("bad_fields", f"A {kind} message takes: {' or '.join(DECISIONS[kind])}.")
