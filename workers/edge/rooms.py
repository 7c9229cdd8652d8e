"""A room's object, as other code reaches it."""

from typing import Any, TypeVar
from urllib.parse import quote

import js
from pydantic import BaseModel

from edge import rpc
from edge.d1 import raw
from schema.rpc import Entrance

Answer = TypeVar("Answer", bound=BaseModel)


def _stub(env: Any, room_id: str) -> Any:
    rooms = raw(env.CHAT_ROOM)
    return rooms.get(rooms.idFromName(room_id))


async def enter(env: Any, room_id: str, request: Any, entrance: Entrance) -> Any:
    """Hand an upgrade to the room, with who enters: percent-encoded, as headers are ASCII."""
    headers = js.Headers.new()
    headers.set("upgrade", "websocket")
    headers.set("x-entrance", quote(entrance.model_dump_json()))
    init = js.Object.fromEntries([["headers", headers]])
    return await _stub(env, room_id).fetch(js.Request.new(request.url, init))


async def ask(
    env: Any, room_id: str, method: str, question: BaseModel, answer: type[Answer]
) -> Answer:
    return await rpc.ask(_stub(env, room_id), method, question, answer)


async def text(env: Any, room_id: str, method: str, question: BaseModel) -> str:
    """The room's answer as it is, for what is only passed on."""
    return await rpc.text(_stub(env, room_id), method, question)
