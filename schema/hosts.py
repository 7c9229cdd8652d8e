"""The bodies of where one is: whose host this is, and going on to another one of ours."""

from typing import Annotated

from pydantic import Field, StringConstraints

from schema.foundation import Domain
from schema.http import Body, Community, Me
from schema.paths import OwnPath
from schema.wire import Person


class Platform(Body):
    """The platform around the communities. `address` is its own host, with the directory.
    `vegvisr`: one may sign in with a Vegvisr account. `local`: this is a developer's machine."""

    address: str
    vegvisr: bool
    local: bool


class Session(Body):
    """Where a page is opened and by whom: what a client asks first. `me` is none before sign-in,
    `community` at the platform's own host."""

    community: Community | None
    me: Me | None
    platform: Platform


class AskForHandOver(Body):
    """Where you want to go on, signed in: another host of ours, and the path to open there."""

    host: Domain
    next: OwnPath = "/"


class HandOver(Body):
    """The address to open there, with a ticket that works once."""

    address: str
    expires_in_s: int


Ticket = Annotated[str, StringConstraints(max_length=100)]


class HandOverTicket(Body):
    ticket: Ticket


class HandedOver(Body):
    """Whom a ticket signs in, and the host where they are signed in already."""

    person: Person
    email: str
    origin: str


class UseHandOver(Body):
    """Without `enter` somebody new stays outside."""

    ticket: Ticket
    enter: Annotated[bool, Field(strict=True)] = True
