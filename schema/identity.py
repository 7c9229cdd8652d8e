"""The bodies of who somebody is: where they are signed in, and what acts for them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schema.http import Body, Email, Name
from schema.ids import Id, Millis


class Device(Body):
    """A browser where you are signed in. `current` is the one that asks."""

    id: Id
    current: bool
    browser: str
    host: str
    address: str
    created_at: Millis
    used_at: Millis


class DeviceList(Body):
    devices: list[Device]


class AskForTicket(Body):
    room_id: Id


class SocketTicket(Body):
    """Opens one socket of that room, once. It goes into the address of the socket."""

    ticket: str
    expires_in_s: int


Scope = Literal[
    "rooms:read",
    "rooms:write",
    "people:read",
    "graphs:read",
    "graphs:write",
    "assistant:write",
]


class NewToken(Body):
    """A token for programs that act as you. `days`: how long it works."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=6)]
    days: Annotated[int, Field(ge=1, le=365, strict=True)] = 90


class Token(Body):
    id: Id
    name: str
    scopes: list[str]
    created_at: Millis
    expires_at: Millis
    used_at: Millis | None


class TokenList(Body):
    tokens: list[Token]


class MadeToken(Body):
    """The secret is told this once and never again."""

    secret: str
    token: Token


class NewEmail(Body):
    email: Email


class VegvisrProof(Body):
    """What a browser brings from Vegvisr: the token of a magic link, or one of an account. Without
    `enter` somebody new stays outside."""

    kind: Literal["magic", "token"]
    secret: Annotated[str, StringConstraints(min_length=8, max_length=2048)]
    enter: Annotated[bool, Field(strict=True)] = True
