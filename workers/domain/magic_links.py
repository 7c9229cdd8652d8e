"""Where a magic link of Vegvisr leads: back to where somebody asked for it."""

from urllib.parse import urlencode

from domain.addresses import address
from domain.signing_in import page

MAGIC_S = 30 * 60
"""As Vegvisr says."""


def way_back(url: str, host: str, stage: str, platform: str, next_path: str) -> str:
    """The sign-in page of this host. Vegvisr sends nobody outside of its own name: there the way
    goes through the platform's own host, which hands over."""
    own = platform.removeprefix("chat.")
    if host == own or host.endswith(f".{own}"):
        return f"{page(url, host, stage)}?{urlencode({'next': next_path})}"
    onwards = f"/hand-over?{urlencode({'host': host, 'next': next_path})}"
    there = address(url, platform) if stage == "local" else f"https://{platform}/"
    return f"{there}sign-in?{urlencode({'next': onwards})}"
