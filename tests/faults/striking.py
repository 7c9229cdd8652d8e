"""The faults, each real, and each with a count of what it did: one without effect fails the run."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.faults import binding_faults, line_faults, runtime_faults
from tests.faults.history import Struck, now
from tests.faults.plan import Strike
from tests.faults.stage import Stage

Effect = Callable[[Stage, Strike], Awaitable[int]]

FAULTS: dict[str, Effect] = {
    "kill": runtime_faults.kill,
    "restart": runtime_faults.restart,
    "reload": runtime_faults.reload,
    "clock": runtime_faults.clock,
    "d1_refuses": binding_faults.d1_refuses,
    "kv_refuses": binding_faults.kv_refuses,
    "r2_refuses": binding_faults.r2_refuses,
    "room_refuses": binding_faults.room_refuses,
    "no_room": binding_faults.no_room,
    "full_disk": binding_faults.full_disk,
    "ai_hangs": binding_faults.ai_hangs,
    "cut": line_faults.cut,
    "delayed": line_faults.delayed,
    "throttled": line_faults.throttled,
    "half_open": line_faults.half_open,
}
MEASURES = {
    "doubled": "commands sent twice",
    "kill": "sockets lost",
    "restart": "sockets lost",
    "reload": "sockets lost",
    "clock": "messages with a time that is half an hour wrong or more",
    "d1_refuses": "batches refused",
    "kv_refuses": "keys refused",
    "r2_refuses": "checks failed",
    "room_refuses": "refusals of the object's SQLite in the log",
    "no_room": "failed writes in the log",
    "full_disk": "failed writes in the log",
    "ai_hangs": "questions that hung, answered by builtin",
    "cut": "connections cut in the middle of what they carried",
    "delayed": "pieces delayed",
    "throttled": "pieces slowed down",
    "half_open": "bytes withheld",
}


async def strike(stage: Stage, one: Strike) -> int:
    """Let a fault happen, note it, and tell how much it did."""
    await asyncio.sleep(one.wait_s)
    stage.history.note(Struck(now(), one.kind, "begins"))
    effect = await FAULTS[one.kind](stage, one)
    stage.history.note(Struck(now(), one.kind, "ends", f"{effect} {MEASURES[one.kind]}"))
    return effect
