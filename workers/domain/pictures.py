"""The pictures of a brand: nothing in them but the picture, as in those of people."""

from domain import avatars
from domain.avatars import Picture
from schema.community import PICTURE_BYTES, PICTURE_SIDE
from schema.refusals import Refused

WANTED = f"A picture is a PNG, JPEG or WebP of at most {PICTURE_BYTES // 1000} kB"


def of_brand(content: bytes) -> Picture:
    """Refuses: bad_fields."""
    try:
        return avatars.picture(content, PICTURE_BYTES, PICTURE_SIDE)
    except Refused:
        wide = f"{WANTED} and {PICTURE_SIDE:,} pixels wide and high."
        raise Refused("bad_fields", wide) from None
