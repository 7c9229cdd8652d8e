"""Which provider answers, and when none can."""

import asyncio
from typing import Any

import pytest

from ai_chat.builtin import Builtin
from ai_chat.providers import choose
from ai_chat.workers_ai import WorkersAi
from schema.assistant import ModerateRequest, Moderation, SaidMessage, SummariseRequest
from schema.refusals import Refused


class Wire:
    async def run(self, model: str, inputs: dict[str, Any]) -> Any:
        return {"response": {"verdict": "allow", "findings": []}}


def test_a_provider_is_chosen_by_name() -> None:
    assert isinstance(choose("builtin", None), Builtin)
    assert isinstance(choose("builtin", Wire()), Builtin)
    assert isinstance(choose("workers-ai", Wire()), WorkersAi)


@pytest.mark.parametrize("name", ["workers-ai", "oracle", "", None])
def test_without_a_binding_or_a_known_name_the_assistant_is_unavailable(name: str | None) -> None:
    with pytest.raises(Refused) as no:
        choose(name, None)
    assert (no.value.code, no.value.status) == ("ai_unavailable", 503)


def test_both_providers_answer_in_one_shape() -> None:
    for name in ("builtin", "workers-ai"):
        found = asyncio.run(choose(name, Wire()).moderate(ModerateRequest(text="Hello there")))
        assert found == Moderation(verdict="allow", findings=[], provider=name)


def test_the_builtin_provider_names_itself() -> None:
    message = SaidMessage(id="m1", author="Ada", content="The bridge opens Monday.", created_at=1)
    told = asyncio.run(Builtin().summarise(SummariseRequest(messages=[message])))
    assert told.provider == "builtin"
    assert told.sentences[0].message_ids == ["m1"]
