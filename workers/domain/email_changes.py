"""Another e-mail address: it counts once its own link was used, by who asked for it."""

from dataclasses import dataclass

from domain.signing_in import LINK_MS
from schema.ids import Millis
from schema.refusals import Refused

CHANGE_MS = LINK_MS
CHANGES_AT_ONCE = 3


@dataclass(frozen=True)
class EmailChange:
    """As it is stored: its token only as a hash, which found it."""

    person_id: str
    email: str
    host: str
    expires_at: Millis


def use(change: EmailChange | None, person_id: str, host: str, now: Millis) -> str:
    """The new address. Refuses: link_not_valid."""
    if change is None or (change.person_id, change.host) != (person_id, host):
        raise Refused("link_not_valid")
    if change.expires_at <= now:
        raise Refused("link_not_valid")
    return change.email


def letter(community: str, link: str) -> tuple[str, str]:
    """To the new address: subject and text."""
    text = (
        f"Open this link to use this address in {community} and wherever else you are a"
        f" member:\n\n{link}\n\nIt works once, within 15 minutes, where you are signed in."
        " If you did not ask for it, ignore this mail."
    )
    return "Your new e-mail address", text


def farewell(community: str, email: str) -> tuple[str, str]:
    """To the old address, for whoever did not want this."""
    text = (
        f"From now on you sign in to {community} with {email}. You were signed out everywhere."
        " If this was not you, write to the people who run your community."
    )
    return "Your e-mail address was changed", text
