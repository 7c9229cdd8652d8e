"""A client's frame, read: a command, or a refusal that names what is wrong with it."""

from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter, ValidationError

from schema.refusals import Refused
from schema.wire import FRAME_BYTES, LoadHistory, ReachCheckpoint, SendMessage, SetTyping

AnyCommand = SendMessage | LoadHistory | SetTyping | ReachCheckpoint
Command = Annotated[AnyCommand, Field(discriminator="type")]
COMMANDS: TypeAdapter[AnyCommand] = TypeAdapter(Command)
MODELS = get_args(AnyCommand)
ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
NO_TEXT = "A frame holds one JSON object as text."
TYPES = [model.model_fields["type"].default for model in MODELS]


def read_command(text: object) -> AnyCommand:
    """Refuses: not_text, frame_too_large, not_json, unknown_type, bad_fields."""
    if not isinstance(text, str):
        raise Refused("not_text")
    if len(text) > FRAME_BYTES or len(text.encode("utf-8", "replace")) > FRAME_BYTES:
        raise Refused("frame_too_large", f"A frame has at most {FRAME_BYTES:,} bytes.")
    try:
        return COMMANDS.validate_json(text)
    except ValidationError as invalid:
        raise why(invalid) from None


def why(invalid: ValidationError) -> Refused:
    """The one refusal that helps most."""
    error = invalid.errors(include_url=False, include_input=False)[0]
    if error["type"] == "json_invalid":
        return Refused("not_json")
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return Refused("unknown_type", f"A command's type is one of {', '.join(TYPES)}.")
    if error["type"] == "model_attributes_type":
        return Refused("bad_fields", NO_TEXT)
    where = ".".join(str(part) for part in error["loc"][1:]) or "frame"
    return Refused("bad_fields", f"{where}: {error['msg']}")


def ref_of(text: object) -> str | None:
    """The client reference of a frame that was refused, as far as it can be read."""
    if not isinstance(text, str) or len(text) > FRAME_BYTES:
        return None
    try:
        found = ANYTHING.validate_json(text)  # bounds the depth; json.loads would end the stack
    except ValidationError:
        return None
    ref = found.get("ref") if isinstance(found, dict) else None
    return ref if isinstance(ref, str) and 0 < len(ref) <= 64 and ref.isprintable() else None
