"""The provider without a network: the same question always gets the same answer."""

from ai_chat.moderating import findings, verdict
from ai_chat.summarising import sentences
from schema.assistant import ModerateRequest, Moderation, SummariseRequest, Summary

NAME = "builtin"


class Builtin:
    async def summarise(self, request: SummariseRequest) -> Summary:
        """Sentences quoted from the messages, each with its author."""
        return Summary(sentences=sentences(request.messages, request.sentences), provider=NAME)

    async def moderate(self, request: ModerateRequest) -> Moderation:
        """What word lists and patterns find."""
        found = findings(request.text)
        return Moderation(
            verdict=verdict(found), findings=[one.finding for one in found], provider=NAME
        )
