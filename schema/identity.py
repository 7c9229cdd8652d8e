"""The bodies of who somebody is: where they are signed in."""

from schema.http import Body
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
