"""Accounts elsewhere, and what somebody's word for an address is worth here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """Who somebody is: a name that the provider has for them, and the address it vouches for.

    `provider` `email` is our own link, whose subject is the address itself.
    """

    provider: str
    subject: str
    email: str
    proven_by: str


@dataclass(frozen=True)
class Account:
    """A Vegvisr account, as its own servers tell of it. `user_id` is empty where they do not."""

    email: str
    user_id: str
    role: str


def proof_of(account: Account, proven_by: str) -> Proof:
    email = account.email.lower()
    if account.user_id:
        return Proof("vegvisr", account.user_id, email, proven_by)
    return Proof("email", email, email, proven_by)


def role_here(role: str) -> str:
    """The role with which somebody new begins in a community. No role of elsewhere makes anybody
    more than a member: who runs a community is for the community to say."""
    return "guest" if role.strip().lower() == "viewonly" else "member"
