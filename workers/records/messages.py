"""D1 `chat_messages`: the copy of every room's messages, for search and analytics."""

from records.db import Db


async def copy(db: Db, messages: str) -> None:
    """Add rows, the text of a JSON array, by id; those that are there stay as they are. One
    statement, one parameter."""
    await db.run(
        "INSERT INTO chat_messages"
        " (id, room_id, user_id, content, message_type, metadata, created_at)"
        " SELECT value ->> 'id', value ->> 'room_id', value ->> 'user_id', value ->> 'content',"
        " value ->> 'message_type', value -> 'metadata', value ->> 'created_at'"
        " FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING",
        messages,
    )
