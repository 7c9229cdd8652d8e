"""A ticket opens one socket of one room, once, within half a minute.

It stands in an address, which a log may keep: that is why it is worth so little.
"""

TICKET_MS = 30_000
