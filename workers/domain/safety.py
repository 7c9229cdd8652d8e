"""What a person keeps from others: blocks, and who may write to them or invite them."""

from schema.safety import Wish


def allows(wish: Wish, shares_room: bool, blocked: bool) -> bool:
    """Whether somebody may write to or invite a person with this wish. A block, of either of them,
    comes before any wish."""
    if blocked or wish == "nobody":
        return False
    return wish == "everybody" or shares_room
