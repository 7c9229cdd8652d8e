"""Messages of the past, put into a room by the local route."""

from typing import Any

from tests.conformance.client import Client
from tests.conformance.founding import Community

FIRST_MS = 1_795_300_000_000
AT_ONCE = 800_000


def old(author: Client, index: int, content: str = "") -> dict[str, Any]:
    """One old message; the index is its ref and its moment."""
    return {
        "author": author.person,
        "ref": f"old-{index}",
        "content": content or f"Old {index}.",
        "created_at": FIRST_MS + index,
    }


async def fill(author: Client, town: Community, room: str, count: int, content: str = "") -> int:
    """Put so many messages into a room; the newest seq of its log."""
    messages = [old(author, index, content) for index in range(count)]
    step = max(1, AT_ONCE // (len(content.encode()) + 250))
    facts = {"id": town.rooms[room], "name": room, "description": "", "settings": {}}
    head = 0
    for start in range(0, count, step):
        body = {
            "room": facts | {"community_id": f"c-{town.mark}"},
            "messages": messages[start : start + step],
        }
        done = await author.posts(f"/api/local/rooms/{town.rooms[room]}/messages", body)
        assert done["added"] == len(body["messages"])
        head = done["head_seq"]
    return head
