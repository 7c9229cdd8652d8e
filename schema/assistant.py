"""What ai-chat-worker is asked and answers."""

from typing import Annotated, Literal

from pydantic import Field

from schema.ids import Id, Millis
from schema.rpc import Call


class SaidMessage(Call):
    """A message as the assistant reads it."""

    id: Id
    author: str
    content: str
    created_at: Millis


class SummariseRequest(Call):
    messages: list[SaidMessage]
    sentences: Annotated[int, Field(ge=1, le=20)] = 6


class SummarySentence(Call):
    """One sentence and the ids of the messages that it rests on, at least one."""

    text: str
    message_ids: Annotated[list[Id], Field(min_length=1)]


class Summary(Call):
    sentences: list[SummarySentence]
    provider: str


class ModerateRequest(Call):
    text: Annotated[str, Field(max_length=8_000)]


class Finding(Call):
    """One thing that was found, and the words of the text that show it."""

    category: Literal["insult", "threat", "sexual", "spam", "personal_data", "self_harm"]
    excerpt: str


class Moderation(Call):
    """`allow`: nothing found; `review`: a person should look; `refuse`: do not post it."""

    verdict: Literal["allow", "review", "refuse"]
    findings: list[Finding]
    provider: str
