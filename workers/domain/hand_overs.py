"""Going on to another host of ours without signing in anew: a ticket for one use, within a minute.

It signs in whoever opens its address, so it is as good as a link that somebody else sent: the page
there says whom it signs in, and waits for a click (docs/decisions/018-a-hand-over-asks-first.md).
"""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from domain.accounts import Proof
from domain.addresses import address
from schema.ids import Millis
from schema.rows import PersonRow

HAND_OVER_MS = 60_000


@dataclass(frozen=True)
class HandOver:
    """A ticket as it is stored, its secret only as a hash. `proof` is the session that asked for
    it, at `origin`; it works at `host`, while that session lasts."""

    ticket_hash: str
    person_id: str
    proof: str
    origin: str
    host: str
    expires_at: Millis


def page(url: str, host: str, stage: str, ticket: str, next_path: str) -> str:
    """The page at the other host. The ticket stands behind the `#`, which no browser sends."""
    secure = urlsplit(url)._replace(scheme="https").geturl()
    there = address(url if stage == "local" else secure, host)
    return f"{there}hand-over#{urlencode({'ticket': ticket, 'next': next_path})}"


def proof_of(person: PersonRow, origin: str) -> Proof:
    """How somebody who comes by a ticket has proven who they are: the other host says so."""
    return Proof(origin, person["id"], person["email"], "hand_over")
