"""The community's filters at the moment of posting: no wait, for they came with the admission."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from domain import explaining, moderation, newcomers
from domain.permissions import standing
from durable_objects import room_held, room_log
from durable_objects.room_held import Held
from durable_objects.room_log import Make, Sql
from edge.clock import now_ms
from edge.sockets import Sockets
from schema import tell
from schema.filters import Filters, Newcomers
from schema.ids import Millis, Ref
from schema.refusals import Refused
from schema.rpc import Admission, HeldDecision, HeldOutcome, ReviewNews, Withdrawal
from schema.wire import Message, MessagePosted, ReviewChanged

LATELY = 1_000
Append = Callable[[str, str, Make], str | None]


class RoomFilters:
    """Judges messages, and lets in or declines what it held. `wake`: something is to be copied."""

    def __init__(self, sql: Sql, sockets: Sockets, wake: Callable[[], None], append: Append):
        self._sql = sql
        self._sockets = sockets
        self._wake = wake
        self._append = append
        self._holds = room_held.holds(sql)
        self._found: dict[str, Any] = {}
        self._read = Filters()

    def passed(self, admission: Admission, ref: Ref, message: Message) -> Message:
        """The message, with why somebody should look at it if for anything. What was stored before
        is not judged again, for which the log is asked only where a message does not just pass;
        and what became of one that was held holds whatever the filters say by now.
        Refuses: not_allowed, filtered, too_fast, too_new, held, declined, withdrawn."""
        whose = (self._sql, message.author.id, ref)
        if self._holds and room_held.known(*whose):
            return message
        try:
            verdict = self._judged(admission, message)
        except Refused:
            if room_log.knows(*whose):
                return message
            raise
        if not verdict.reasons:
            return message
        if verdict.held and not room_log.knows(*whose):
            room_held.hold(self._sql, ref, message, verdict.reasons)
            self._holds = True
            self._wake()
            raise Refused("held")
        flagged = {**message.metadata, "flags": verdict.reasons}
        return message.model_copy(update={"metadata": flagged})

    def _judged(self, admission: Admission, message: Message) -> moderation.Verdict:
        if "share_link" not in admission.may and moderation.has_link(message.content):
            explaining.check(standing(admission), "share_link")
        found = (admission.room.settings if admission.room else {}).get("filters")
        if not found:
            return moderation.Verdict([])
        filters = self._filters(found)
        self._check_newcomer(admission, filters.newcomers, message.created_at)
        writer = self._writer(admission, filters)
        return moderation.judge(filters, writer, message.content, message.created_at)

    def _filters(self, found: dict[str, Any]) -> Filters:
        """They are the same for everybody here, so they are read when they change."""
        if found != self._found:
            self._found, self._read = found, Filters.model_validate(found)
        return self._read

    def _writer(self, admission: Admission, filters: Filters) -> moderation.Writer:
        if filters.slow_mode_s:
            self._sockets.flush()  # what waits for the next frame counts
        who = admission.person.id
        return moderation.Writer(
            joined_at=admission.joined_at,
            last_at=_nth_at(self._sql, who, 1) if filters.slow_mode_s else None,
            passes_slow_mode="pass_slow_mode" in admission.may,
        )

    def _check_newcomer(self, admission: Admission, rules: Newcomers, now: Millis) -> None:
        """Refuses: too_new."""
        who = newcomers.Newcomer(admission.community_role, admission.came_at)
        if rules.messages and newcomers.is_new(rules, who, now):
            self._sockets.flush()
            nth_at = _nth_at(self._sql, admission.person.id, rules.messages)
            newcomers.check_pace(rules, who, nth_at, now)

    async def decide(self, asked: HeldDecision) -> HeldOutcome:
        """A moderator decides. Whoever comes second hears what the first one did."""
        held = room_held.of_id(self._sql, asked.message_id)
        if held is None:
            return HeldOutcome(state="unknown")
        if held.state == "waiting":
            state = self._let_in(held) if asked.let_in else self._decline(held, asked.said)
            return HeldOutcome(state=state)
        return HeldOutcome.model_validate({"state": held.state})

    async def withdraw(self, asked: Withdrawal) -> HeldOutcome:
        """Its author takes it back, unless a moderator was first. Twice is once."""
        held = room_held.of_ref(self._sql, asked.author_id, asked.ref)
        if held is None:
            return HeldOutcome(state="unknown")
        if held.state != "waiting":
            return HeldOutcome.model_validate({"state": held.state})
        room_held.withdraw(self._sql, held.message.id, now_ms())
        self._wake()
        self._tell_author(held, Refused("withdrawn"))
        return HeldOutcome(state="withdrawn")

    def _let_in(self, held: Held) -> Literal["let_in"]:
        """It is posted in the order of this moment. If it came in since by itself, it stays one."""
        message = held.message.model_copy(update={"created_at": now_ms()})
        make = partial(MessagePosted, ref=held.ref, message=message)
        self._append(message.author.id, held.ref, make)
        room_held.settle(self._sql, message.id, "let_in", "", message.created_at)
        return "let_in"

    def _decline(self, held: Held, said: str) -> Literal["declined"]:
        """Its author hears of it now, or whenever they send it again."""
        room_held.settle(self._sql, held.message.id, "declined", said, now_ms())
        self._tell_author(held, room_held.declined(said))
        return "declined"

    async def told(self, asked: ReviewNews) -> ReviewNews:
        """Somebody decided on what waited here: the others who review hear of it."""
        self.tell_reviewers()
        return asked

    def tell_reviewers(self) -> None:
        """What waits here changed, where moderators read it."""
        news = tell.event(ReviewChanged())
        for seat in self._sockets.seats():
            if "review_messages" in seat.admission.may:
                self._sockets.tell_one(seat, news)

    def _tell_author(self, held: Held, no: Refused) -> None:
        told = tell.refused(no, held.ref)
        for seat in self._sockets.seats():
            if seat.person_id == held.message.author.id:
                self._sockets.tell_one(seat, told)


def _nth_at(sql: Sql, author_id: str, n: int) -> Millis | None:
    """When somebody wrote their newest message, or the n-th newest, as far as the newest entries
    tell."""
    rows = sql.rows(
        "SELECT event ->> '$.message.created_at' AS at FROM log"
        " WHERE seq > (SELECT max(seq) FROM log) - ? AND author_id = ?"
        " AND type = 'message_posted' ORDER BY seq DESC LIMIT 1 OFFSET ?",
        *(LATELY, author_id, n - 1),
    )
    return int(rows[0]["at"]) if rows else None
