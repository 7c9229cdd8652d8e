"""The one seam of the assistant: whoever answers, the answers have the same shape."""

from typing import Protocol

from ai_chat.builtin import Builtin
from ai_chat.workers_ai import Binding, WorkersAi
from schema.assistant import ModerateRequest, Moderation, SummariseRequest, Summary
from schema.refusals import Refused


class Provider(Protocol):
    """Every id in a summary is of a message in its request; every excerpt is in its text."""

    async def summarise(self, request: SummariseRequest) -> Summary: ...

    async def moderate(self, request: ModerateRequest) -> Moderation: ...


def choose(name: str | None, ai: Binding | None) -> Provider:
    """The provider that AI_PROVIDER names; `Refused("ai_unavailable")` when it cannot be had."""
    if name == "builtin":
        return Builtin()
    if name == "workers-ai" and ai is not None:
        return WorkersAi(ai)
    raise Refused("ai_unavailable")
