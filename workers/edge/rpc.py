"""One worker asks another, or a room's object: JSON text there and back.

Text crosses the border between Python and JavaScript far cheaper than nested values
(docs/architecture.md, "Borders"), and the models in schema/rpc.py check both ends.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from edge.d1 import raw
from schema.refusals import Refused
from schema.rpc import Refusal

Asked = TypeVar("Asked", bound=BaseModel)
Answer = TypeVar("Answer", bound=BaseModel)

REFUSAL = '{"refused":'


async def ask(target: Any, method: str, question: BaseModel, answer: type[Answer]) -> Answer:
    """The other side's answer; a `Refused` over there is raised over here."""
    said = await text(target, method, question)
    return answer.model_validate_json(said)


async def text(target: Any, method: str, question: BaseModel) -> str:
    """The other side's answer as it is, for what is only passed on; its refusals as our own."""
    said: str = await getattr(raw(target), method)(question.model_dump_json())
    if said.startswith(REFUSAL):
        no = Refusal.model_validate_json(said)
        raise Refused(no.refused, no.detail, no.retry_after_ms)
    return said


async def answer(
    text: str, question: type[Asked], work: Callable[[Asked], Awaitable[BaseModel | str]]
) -> str:
    """What an RPC method returns: the answer of `work`, as JSON text, or its refusal."""
    try:
        found = await work(read(text, question))
        return found if isinstance(found, str) else found.model_dump_json()
    except Refused as no:
        return refusal(no).model_dump_json()


def refusal(no: Refused) -> Refusal:
    return Refusal(refused=no.code, detail=no.detail, retry_after_ms=no.retry_after_ms)


def read(text: str, question: type[Asked]) -> Asked:
    """What was asked. Refuses: bad_fields."""
    try:
        return question.model_validate_json(text)
    except ValidationError as invalid:
        raise Refused("bad_fields", str(invalid.errors()[0]["msg"])) from None
