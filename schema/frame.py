"""What every frame, and every part of one, is made of."""

from pydantic import BaseModel, ConfigDict


class Frame(BaseModel):
    """Nothing more, nothing else: `1` is no `true`, and `"5"` is no number."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
