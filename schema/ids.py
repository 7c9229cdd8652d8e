"""The identifiers that cross a border, and what each may look like."""

from typing import Annotated

from pydantic import StringConstraints

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""An identifier that we minted: a UUIDv7 for what people make, a short word for demo content."""

Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""A client reference: unique for its author, minted by the client before it sends."""

LARGEST_SEQ = 2**53 - 2
"""Beyond it a number crosses into JavaScript as a BigInt, which SQL there does not take."""

Millis = int
"""A moment: milliseconds since 1970-01-01 UTC."""
