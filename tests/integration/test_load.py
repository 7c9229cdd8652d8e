"""The load generator itself, for two seconds: it counts every delivery, and none went wrong."""

import os
import secrets

from tests.load.ours import Ours
from tests.load.talking import Size, steady
from tests.platform import Platform


async def test_ten_people_talk_and_everyone_sees_everything_once(platform: Platform) -> None:
    target = Ours(platform.port, os.getpid())
    mark = f"load{secrets.token_hex(4)}"
    result = await steady(target, mark, Size(people=10, per_s=10, seconds=2))
    assert result["sent"] == 20
    assert result["deliveries"] == result["expected"] == 20 * 10
    wrong = ("lost", "doubled", "disordered", "unknown", "refused")
    assert {kind: result[kind] for kind in wrong} == dict.fromkeys(wrong, 0)
