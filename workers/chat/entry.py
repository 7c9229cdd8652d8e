"""chat-worker: the front door. Pages, the API and sockets come in here; rooms are its objects."""

from typing import Any

from workers import WorkerEntrypoint  # type: ignore[attr-defined]

from chat import front_door
from durable_objects.chat_room import ChatRoom

__all__ = ["ChatRoom", "Default"]


class Default(WorkerEntrypoint):  # type: ignore[misc]
    async def fetch(self, request: Any) -> Any:
        return await front_door.open_for(request, self.env)
