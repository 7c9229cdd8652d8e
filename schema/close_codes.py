"""Why the server closes a socket."""

from enum import IntEnum


class CloseCode(IntEnum):
    """Why the server closed a socket."""

    SIGNED_OUT = 4001
    COME_AGAIN = 4002
    NO_LONGER_ADMITTED = 4003
    FLOOD = 4008
    TOO_MANY_SOCKETS = 4009
    SLOW_READER = 4010
