"""What leaves a room: its messages to D1 by way of the outbox, its presence to KV.

Nothing here is on the path of a message. A copy can lag; it can never lose or double.
"""

import logging
import math
from collections.abc import Callable
from typing import Any

from durable_objects import room_held, room_log, room_outbox
from edge.clock import now_ms
from edge.d1 import D1, raw
from edge.kv import Published, Unless, Value
from records import messages, reviews, rooms
from schema.ids import Millis
from schema.refusals import Refused
from schema.rpc import RoomFacts

log = logging.getLogger("room_copies")

SOON_MS = 2_000
NEXT_MS = 100
BATCH = 100
RETRY_MS = (1_000, 2_000, 5_000, 10_000, 30_000)
PRESENCE_TTL_S = 24 * 3_600
INDEX = "d1:chat_messages"


class RoomCopies:
    """The room's outbox and its projections; the object's alarm calls `wake_up`."""

    def __init__(self, ctx: Any, env: Any, sql: room_log.Sql, head: int):
        self._storage = raw(ctx.storage)
        self._db = D1(env.DB)
        self._sql = sql
        self._published = Published(env.KV)
        self.room_id = room_log.known(sql, "room_id") or ""
        self._community_id = room_log.known(sql, "community_id") or ""
        self._alarm_at = math.inf
        self._end_at = math.inf
        self._knows_alarm = False
        self._failures = 0
        self._has_news = False
        self._holds = True  # who wakes does not know: the first flush looks
        if self.copied() < head:
            self.wake()

    def know(self, room: RoomFacts | None) -> None:
        """Keep which room this is for when its alarm wakes it. Written once.

        Refuses room_not_found: what is meant for another room, or for this one elsewhere.
        """
        if room is None or (room.id, room.community_id) == (self.room_id, self._community_id):
            return
        if self.room_id:
            raise Refused("room_not_found")
        room_log.know(self._sql, "room_id", room.id)
        room_log.know(self._sql, "community_id", room.community_id)
        self.room_id, self._community_id = room.id, room.community_id

    def check(self, community_id: str) -> None:
        """Refuses room_not_found: to be asked from another community."""
        if self.room_id and community_id != self._community_id:
            raise Refused("room_not_found")

    def copied(self) -> int:
        return room_outbox.copied(self._sql, INDEX)

    def wake(self, in_ms: int = SOON_MS) -> None:
        """Flush soon. Set in the turn of the write it follows: both are durable or neither.

        An alarm that lies further ahead than any of ours was set by a clock that has jumped.
        """
        at = now_ms() + in_ms
        if self._alarm_at > at + RETRY_MS[-1]:
            self._alarm_at = at
            self._set_alarm()

    async def wake_up(self, end_sessions: Callable[[Millis], float]) -> bool:
        """What the alarm is for. Whether those who review find something new in D1 then."""
        end_sessions(now_ms())
        news = await self.flush()
        await self.wake_by(end_sessions(now_ms()))
        return news

    async def wake_by(self, end: float) -> None:
        """Wake for the next end of a session as well. What an earlier waking set stays."""
        if end >= self._end_at:
            return
        if not self._knows_alarm:
            self._knows_alarm = True
            kept = await self._storage.getAlarm()
            if isinstance(kept, int | float):
                self._alarm_at = min(self._alarm_at, kept)
        self._end_at = max(end, now_ms() + NEXT_MS)
        self._set_alarm()

    def _set_alarm(self) -> None:
        at = min(self._alarm_at, self._end_at)
        if 0 < at < math.inf:
            self._storage.setAlarm(at)

    async def flush(self) -> bool:
        """Copy what waits, in batches. Whether those who review find something new in D1 then.
        If D1 refuses, nothing is marked and a later alarm tries.

        A message that comes meanwhile sets no alarm of its own: this flush takes it along, or the
        later alarm does, so that nobody shortens the wait of a D1 in trouble.
        """
        self._alarm_at = 0
        try:
            while await self._copy_some():
                pass
            self._failures = 0
            self._alarm_at = math.inf
        except Exception as problem:
            log.warning("D1 did not take a batch: %s", problem)
            self._alarm_at = math.inf
            self.wake(RETRY_MS[min(self._failures, len(RETRY_MS) - 1)])
            self._failures += 1
        self._end_at = math.inf
        news, self._has_news = self._has_news, False
        return news

    def hold(self) -> None:
        """Something is held: copy it soon, for those who decide on it."""
        self._holds = True
        self.wake()

    async def _copy_some(self) -> bool:
        """Copy a batch of what waits; whether there was any. What comes while D1 answers waits for
        the next call, so nothing is left when one finds nothing."""
        batch = room_outbox.next_batch(self._sql, INDEX, BATCH)
        if batch:
            await messages.copy(self._db, batch.messages)
            self._has_news = self._has_news or batch.has_flags
            place = (self._community_id, self.room_id)
            for person_id, joined_at in batch.departures:
                await rooms.end_membership(self._db, *place, person_id, joined_at)
            room_outbox.mark_copied(self._sql, INDEX, batch.last)
        held, self._holds = self._holds and room_held.uncopied(self._sql), False
        if held:
            self._holds = True
            await reviews.copy(self._db, self._community_id, held)
            self._has_news = True
            room_held.mark_copied(self._sql, held)
        return bool(batch or held)

    def publish(
        self, key: str, value: Value, ttl_s: int = PRESENCE_TTL_S, unless: Unless | None = None
    ) -> None:
        self._published.put(key, value, ttl_s, unless)
