"""The provider over Workers AI. Nothing that the model says is believed unchecked.

Messages go to it as data, numbered; it may cite only those numbers. What it finds in a text must
stand there, and it can add to what the word lists found, never take away. When it is silent,
late or talks junk, the builtin provider answers instead.
"""

import asyncio
import logging
from typing import Annotated, Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from ai_chat.builtin import Builtin
from ai_chat.prompts import moderate_inputs, readable, summarise_inputs
from ai_chat.sentences import LINK, cut
from schema.assistant import (
    Finding,
    ModerateRequest,
    Moderation,
    SaidMessage,
    SummariseRequest,
    Summary,
    SummarySentence,
)

MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
NAME = "workers-ai"
PATIENCE_S = 15.0
SENTENCE_LENGTH = 400
NEVER_REFUSED = ("self_harm", "personal_data")
log = logging.getLogger("workers_ai")


class Binding(Protocol):
    """The platform's AI, with plain values in and out."""

    async def run(self, model: str, inputs: dict[str, Any]) -> Any: ...


class Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class Cited(Strict):
    """A sentence as the model should give it; the numbers are those of the prompt, from 1."""

    text: str
    messages: Annotated[list[int], Field(min_length=1)]


class WorkersAi:
    def __init__(self, ai: Binding, patience_s: float = PATIENCE_S):
        self._ai = ai
        self._patience_s = patience_s
        self._builtin = Builtin()

    async def summarise(self, request: SummariseRequest) -> Summary:
        """The model's sentences that hold; the builtin summary when none does."""
        told = readable(request.messages)
        answer = await self._ask(summarise_inputs(told, request.sentences)) if told else {}
        sentences = _held(answer.get("sentences"), told)[: request.sentences]
        if not sentences:
            return await self._builtin.summarise(request)
        return Summary(sentences=sentences, provider=NAME)

    async def moderate(self, request: ModerateRequest) -> Moderation:
        """The stricter of the model and the word lists."""
        listed = await self._builtin.moderate(request)
        if listed.verdict == "refuse":
            return listed
        answer = await self._ask(moderate_inputs(request.text))
        return _stricter(listed, answer, request.text) or listed

    async def _ask(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """The JSON object in the model's answer; an empty one when there is none."""
        try:
            answer = await asyncio.wait_for(self._ai.run(MODEL, inputs), self._patience_s)
            said = answer["response"]
            found = from_json(said) if isinstance(said, str) else said
        except Exception as problem:  # whatever the platform or the model did, there is a fallback
            log.warning("no answer from the model: %s", repr(problem)[:200])
            return {}
        return found if isinstance(found, dict) else {}


def _held(given: Any, told: list[SaidMessage]) -> list[SummarySentence]:
    """The sentences that cite what they were given, in the order of time."""
    kept: dict[str, list[int]] = {}
    for one in given if isinstance(given, list) else []:
        try:
            cited = Cited.model_validate(one)
        except ValidationError:
            continue
        text = " ".join(cited.text.split())
        numbers = sorted(set(cited.messages))
        if (
            text
            and all(1 <= number <= len(told) for number in numbers)
            and _only_their_links(text, [told[number - 1] for number in numbers])
        ):
            kept[cut(text, SENTENCE_LENGTH)] = numbers
    return [
        SummarySentence(text=text, message_ids=[told[number - 1].id for number in numbers])
        for text, numbers in sorted(kept.items(), key=lambda item: item[1])
    ]


def _only_their_links(text: str, cited: list[SaidMessage]) -> bool:
    """A link that nobody wrote leads nobody there."""
    links = [link.rstrip(".,;:!?)»”\"'") for link in LINK.findall(text)]
    return all(any(link in message.content for message in cited) for link in links)


def _stricter(listed: Moderation, answer: dict[str, Any], text: str) -> Moderation | None:
    """What both found together; none when the model's answer does not hold."""
    verdict, given = answer.get("verdict"), answer.get("findings", [])
    if verdict not in ("allow", "review", "refuse") or not isinstance(given, list):
        return None
    try:
        found = [Finding.model_validate(one) for one in given]
    except ValidationError:
        return None
    found = [one for one in found if one.excerpt.strip() and one.excerpt in text]
    if (verdict == "allow") != (not found):
        return None
    together = list(dict.fromkeys([*listed.findings, *found]))
    strictest = listed.verdict if verdict == "allow" else verdict
    if verdict == "refuse" and all(one.category in NEVER_REFUSED for one in found):
        strictest = "review"
    return Moderation(verdict=strictest, findings=together, provider=NAME)
