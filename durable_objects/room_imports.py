"""Messages from elsewhere or from before, brought into a room's log."""

from functools import partial
from typing import Any, Protocol

from domain import posting
from durable_objects.room_log import Make
from edge.clock import new_id
from schema.rpc import Import, Imported
from schema.wire import MessagePosted


class Room(Protocol):
    """What of a room is needed here."""

    copies: Any
    head: int

    def append(self, author_id: str, ref: str, make: Make) -> str | None: ...


async def bring_in(room: Room, asked: Import) -> Imported:
    """Those that are there already stay as they are."""
    room.copies.know(asked.room)
    before = room.head
    for old in asked.messages:
        message = posting.imported(old, asked.room.id, new_id())
        make = partial(MessagePosted, ref=old.ref, message=message)
        room.append(old.author.id, old.ref, make)
    return Imported(added=room.head - before, head_seq=room.head)
