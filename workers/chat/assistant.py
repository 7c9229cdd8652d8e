"""The assistant in a room: catch me up, and a look at a text before it is posted."""

from access.asker import Someone
from chat.rooms import RoomId
from domain import catching_up
from domain.hiding import unread
from edge import rooms, rpc
from edge.routing import routes
from schema.assistant import ModerateRequest, Moderation, SummariseRequest, Summary
from schema.http import CatchUp, CaughtUp, LogPage, TextToModerate
from schema.rpc import PageRequest

router = routes("/api")


@router.post("/rooms/{room_id}/catch-up")
async def catch_up(room_id: RoomId, body: CatchUp, asker: Someone) -> CaughtUp:
    """A summary whose every sentence names its messages. Asks for `catch_up`."""
    hidden = unread(await asker.may("catch_up", room_id))
    here = asker.community.community_id
    wanted = PageRequest(community_id=here, limit=catching_up.MOST, hidden=hidden)
    page = LogPage.model_validate_json(await rooms.text(asker.env, room_id, "log_page", wanted))
    posted = [entry for entry in catching_up.messages(page) if entry.seq > (body.after or 0)]
    question = SummariseRequest(messages=[catching_up.said(entry) for entry in posted])
    summary = await rpc.ask(asker.env.AI_CHAT, "summarise", question, Summary)
    return catching_up.caught_up(summary, posted)


@router.post("/assistant/moderate")
async def moderate(body: TextToModerate, asker: Someone) -> Moderation:
    """What the community's moderation would say of a text. Asks for `use_assistant`."""
    await asker.may("use_assistant")
    question = ModerateRequest(text=body.text)
    return await rpc.ask(asker.env.AI_CHAT, "moderate", question, Moderation)
