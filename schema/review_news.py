"""What reviewers hear in a room."""

from typing import Literal

from schema.frame import Frame


class ReviewChanged(Frame):
    """What waits in this room for a look changed. For those alone who review here."""

    type: Literal["review_changed"] = "review_changed"
